"""How a need moves from report to end, and by whom: one table. Pure.

Source: design.md, "Requests"; domain.md, "Naming traps".
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a need stands."""

    SUBMITTED = "submitted", pgettext_lazy("need", "Received")
    TRIAGED = "triaged", pgettext_lazy("need", "Looked through")
    DISPATCHED = "dispatched", pgettext_lazy("need", "Passed on")
    ACCEPTED = "accepted", pgettext_lazy("need", "Taken on")
    IN_PROGRESS = "in_progress", pgettext_lazy("need", "Being worked on")
    WAITING_RESIDENT = "waiting_resident", pgettext_lazy("need", "Waiting for an answer")
    RESOLVED_CLAIMED = "resolved_claimed", pgettext_lazy("need", "Done, to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("need", "Confirmed as solved")
    CLOSED = "closed", pgettext_lazy("need", "Closed")
    RETURNED = "returned", pgettext_lazy("need", "Sent back to be passed on anew")
    TRANSFERRED_OUT = "transferred_out", pgettext_lazy("need", "Handed to another authority")
    DECLINED = "declined", pgettext_lazy("need", "Not taken up")
    MERGED = "merged", pgettext_lazy("need", "Joined with another need")
    REOPENED = "reopened", pgettext_lazy("need", "Opened again")
    ESCALATED_TO_PROJECT = "escalated_to_project", pgettext_lazy("need", "Made into a project")


class Act(StrEnum):
    """What can be done with a need."""

    TRIAGE = "triage"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    RETURN = "return"
    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CLOSE = "close"
    LAPSE = "lapse"
    DECLINE = "decline"
    TRANSFER = "transfer"
    MERGE = "merge"
    ESCALATE = "escalate"
    TO_PROJECT = "to_project"
    NOTE = "note"


class Party(StrEnum):
    """In which part somebody acts; one person may have several."""

    RESIDENT = "resident"
    """Whoever holds the link of the reporter or a follower."""
    DESK = "desk"
    """Staff of the unit that is responsible: the first receiver until someone accepts."""
    MANAGER = "manager"
    """Whoever manages the responsible unit, and the town's administrators."""
    UNIT = "unit"
    """Those to whom it was passed on."""
    SYSTEM = "system"


NEW = frozenset({State.SUBMITTED, State.RETURNED, State.REOPENED})
DESK_HAS = NEW | {State.TRIAGED}
AT_WORK = frozenset({State.ACCEPTED, State.IN_PROGRESS})
UNIT_HAS = AT_WORK | {State.DISPATCHED, State.WAITING_RESIDENT, State.ESCALATED_TO_PROJECT}
OPEN = DESK_HAS | UNIT_HAS
TO_CONFIRM = frozenset({State.RESOLVED_CLAIMED})
OVER = frozenset(
    {State.CONFIRMED, State.CLOSED, State.TRANSFERRED_OUT, State.DECLINED, State.MERGED}
)
SOLVED = frozenset({State.RESOLVED_CLAIMED, State.CONFIRMED, State.CLOSED})
NEEDS_SOMEBODY = NEW | {State.WAITING_RESIDENT}
EVERY = frozenset(State)

DESK, MANAGER = Party.DESK, Party.MANAGER
UNIT, RESIDENT, SYSTEM = Party.UNIT, Party.RESIDENT, Party.SYSTEM
OFFICE = frozenset({DESK, MANAGER, UNIT})


@dataclass(frozen=True)
class Move:
    """One row of the table; `next` None leaves the state as it is."""

    act: Act
    states: frozenset[State]
    next: State | None
    who: frozenset[Party]


MOVES = (
    Move(Act.TRIAGE, NEW, State.TRIAGED, frozenset({DESK, MANAGER})),
    Move(Act.DISPATCH, DESK_HAS, State.DISPATCHED, frozenset({DESK, MANAGER})),
    Move(Act.ACCEPT, frozenset({State.DISPATCHED}), State.ACCEPTED, frozenset({UNIT})),
    Move(Act.RETURN, AT_WORK | {State.DISPATCHED}, State.RETURNED, frozenset({UNIT})),
    Move(Act.START, frozenset({State.ACCEPTED}), State.IN_PROGRESS, frozenset({UNIT})),
    Move(Act.ASK, AT_WORK, State.WAITING_RESIDENT, frozenset({UNIT})),
    Move(
        Act.ANSWER,
        frozenset({State.WAITING_RESIDENT}),
        State.IN_PROGRESS,
        frozenset({RESIDENT, UNIT}),
    ),
    Move(
        Act.RESOLVE,
        AT_WORK | {State.ESCALATED_TO_PROJECT},
        State.RESOLVED_CLAIMED,
        frozenset({UNIT}),
    ),
    Move(Act.CONFIRM, TO_CONFIRM, State.CONFIRMED, frozenset({RESIDENT, DESK, MANAGER})),
    Move(
        Act.REOPEN,
        TO_CONFIRM | {State.CONFIRMED, State.CLOSED},
        State.REOPENED,
        frozenset({RESIDENT, DESK, MANAGER}),
    ),
    Move(
        Act.CLOSE,
        frozenset({State.CONFIRMED}),
        State.CLOSED,
        frozenset({DESK, MANAGER, SYSTEM}),
    ),
    Move(Act.LAPSE, TO_CONFIRM, State.CLOSED, frozenset({SYSTEM})),
    Move(Act.DECLINE, DESK_HAS, State.DECLINED, frozenset({MANAGER})),
    Move(Act.TRANSFER, DESK_HAS, State.TRANSFERRED_OUT, frozenset({DESK, MANAGER})),
    Move(Act.MERGE, DESK_HAS, State.MERGED, frozenset({DESK, MANAGER})),
    Move(Act.ESCALATE, OPEN, None, frozenset({MANAGER, SYSTEM})),
    Move(
        Act.TO_PROJECT,
        AT_WORK | {State.TRIAGED},
        State.ESCALATED_TO_PROJECT,
        frozenset({DESK, MANAGER, UNIT}),
    ),
    Move(Act.NOTE, EVERY, None, OFFICE),
)
BY_ACT = {move.act: move for move in MOVES}

SILENT = frozenset({Act.NOTE})
"""What only staff read."""

UNTOLD = SILENT | {Act.TRIAGE, Act.ESCALATE}
"""What nobody is written to about: it is on the page."""

TOWN_AFTER = 3
"""The return with which a need goes to the town's administrators."""

REOPEN_WITHIN = timedelta(days=30)
ANSWERED_WITHIN = timedelta(days=15)
"""After so long without an answer a claimed need is closed, and counts as unanswered."""

CLOSED_AFTER = timedelta(days=3)
"""A confirmed need is closed so much later, unless staff did before."""

PER_PHONE_A_DAY = 5


def acts_for(state: str, parties: Set[Party]) -> list[Act]:
    """What these parties may do with a need in that state, in the order of the table."""
    return [move.act for move in MOVES if state in move.states and parties & move.who]


def may_act(act: Act, state: str, parties: Set[Party]) -> bool:
    """Whether the table has such a row."""
    move = BY_ACT[act]
    return state in move.states and bool(parties & move.who)


def reference_text(day: date, number: int) -> str:
    """'S2611230018': the day and its serial number; longer after 9,999."""
    return f"S{day:%y%m%d}{number:04d}"
