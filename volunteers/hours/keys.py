"""Keys of records, as a page's ticks send them. Pure."""

from collections.abc import Sequence
from uuid import UUID


def keys_sent(sent: Sequence[str], most: int) -> list[UUID]:
    """The keys among what was sent, no more than a page has; nonsense is left out."""
    found = []
    for text in sent[:most]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
