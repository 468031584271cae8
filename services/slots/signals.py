"""Places came free: told upwards, to the waitlist, which slots do not know."""

from django.dispatch import Signal

# Sent inside the transaction with pool_id: int, day: date.
places_freed = Signal()
