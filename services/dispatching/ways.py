"""Which steps lead a card of the board to another column, by a key or a drop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from services.dispatching.access import COLUMNS, Column
from services.dispatching.forms import ACT_NAMES
from services.requests.models import ServiceRequest
from services.requests.rules import BY_ACT, Act, Party, State, acts_for

KEYS = {
    Act.TRIAGE: "t",
    Act.DISPATCH: "d",
    Act.ACCEPT: "a",
    Act.RETURN: "r",
    Act.ASK: "q",
    Act.ANSWER: "w",
    Act.RESOLVE: "f",
    Act.TO_PROJECT: "p",
    Act.REOPEN: "o",
}
"""The letters, in the order of a need's life; each act leads to one column."""

AT_ONCE = frozenset({Act.TRIAGE, Act.ACCEPT})
"""What needs no words: a confirmation on the board is enough. The others have forms."""

COLUMN_OF = {state: key for key, (_title, states) in COLUMNS.items() for state in states}


@dataclass(frozen=True)
class Way:
    """A step that leads to `column`."""

    act: Act
    key: str
    column: str

    @property
    def name(self) -> str | Promise:
        return ACT_NAMES[self.act]

    @property
    def is_at_once(self) -> bool:
        return self.act in AT_ONCE


@dataclass(frozen=True)
class Card:
    """A need on the board, with where it can go from here."""

    need: ServiceRequest
    ways: list[Way]


def ways_from(state: str, parties: Iterable[Party]) -> list[Way]:
    """The steps that lead these parties from a state to another column."""
    here = COLUMN_OF[State(state)]
    ways = []
    for act in acts_for(state, frozenset(parties)):
        leads_to = BY_ACT[act].next
        column = COLUMN_OF.get(leads_to) if leads_to else None
        if act in KEYS and column and column != here:
            ways.append(Way(act, KEYS[act], column))
    return ways


def cards_of(column: Column, parties: Mapping[int, frozenset[Party]]) -> list[Card]:
    """The column's cards for a person who has these parts in each need."""
    return [Card(need, ways_from(need.state, parties[need.pk])) for need in column.needs]


def legend() -> list[tuple[str, str | Promise]]:
    """[(letter, act), …] for the line above the board."""
    return [(key, ACT_NAMES[act]) for act, key in KEYS.items()]
