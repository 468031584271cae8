"""Which visits have no open window; plain arithmetic on one pool's day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    KEEP = "keep", _("Keep them, tell everyone, let them move free of penalty")
    MOVE = "move", _("Move each to the next free time and tell everyone")


@dataclass(frozen=True)
class BookedVisit:
    """A booking as far as its cells go."""

    pk: int
    cells: range


def windows_by_cell(spans: Iterable[Sequence[int]]) -> dict[int, int]:
    """Windows per open cell, those for walk-ins too: {cell: windows}."""
    return {cell: total for first, end, _, total in spans for cell in range(first, end)}


def left_out(visits: Iterable[BookedVisit], windows: Mapping[int, int]) -> list[int]:
    """The visits that no window is open for; of too many, those given last are left out.

    All windows count, not only those kept for bookings: somebody who holds a booking is
    served when there is any window at all.
    """
    taken: Counter[int] = Counter()
    out = []
    for visit in visits:
        if all(taken[cell] < windows.get(cell, 0) for cell in visit.cells):
            taken.update(visit.cells)
        else:
            out.append(visit.pk)
    return out
