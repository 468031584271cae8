"""Who books in the demo, within the limits that hold for everybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from lishui_center.demo.residents import Resident
from services.bookings.models import ACTIVE, Booking, Status
from services.bookings.rules import REFERENCE_ALPHABET, REFERENCE_LENGTH
from services.catalogue.models import ServiceItem

PER_DAY = 2


@dataclass(frozen=True)
class Cast:
    """Who books: everybody at the town centre, neighbours at their own centre."""

    residents: list[Resident]
    communities: dict[int, int]

    def someone(self, rng: Random, centre_id: int) -> Resident:
        """A resident who would go to that centre."""
        place = self.communities.get(centre_id)
        if place is None:
            return rng.choice(self.residents)
        step = len(self.communities)
        return self.residents[rng.randrange(place, len(self.residents), step)]


@dataclass
class Diary:
    """Who comes when, so that the limits of a person hold; and the references given out."""

    visits: Counter[tuple[str, date]] = field(default_factory=Counter)
    open_items: set[tuple[str, int]] = field(default_factory=set)
    references: set[str] = field(default_factory=set)

    def admits(self, resident: Resident, day: date, items: Iterable[ServiceItem]) -> bool:
        """Whether the person may have one more visit that day, and these items."""
        return self.visits[resident.person_hash, day] < PER_DAY and not any(
            (resident.person_hash, item.pk) in self.open_items for item in items
        )

    def enter(self, booking: Booking, items: Iterable[ServiceItem]) -> None:
        """Count a visit; one that was cancelled counts for nothing."""
        if booking.status == Status.CANCELLED:
            return
        self.visits[booking.person_hash, booking.date] += 1
        if booking.status in ACTIVE:
            self.open_items |= {(booking.person_hash, item.pk) for item in items}

    def new_reference(self, rng: Random) -> str:
        """One that was not given out yet."""
        while True:
            reference = "".join(rng.choices(REFERENCE_ALPHABET, k=REFERENCE_LENGTH))
            if reference not in self.references:
                self.references.add(reference)
                return reference
