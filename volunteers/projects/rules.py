"""How a project goes from an idea to its end, and what must be there at each gate. Pure.

Source: domain.md, "Five coordinations"; design.md, "Volunteers".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WHOLE = 100
"""Progress of a project whose every step counts as taken, in percent."""


class State(TextChoices):
    IDEA = "idea", pgettext_lazy("project", "Idea")
    PROPOSED = "proposed", pgettext_lazy("project", "Proposed")
    APPROVED = "approved", pgettext_lazy("project", "Approved")
    ACTIVE = "active", pgettext_lazy("project", "Under way")
    PAUSED = "paused", pgettext_lazy("project", "Paused")
    REVIEW = "review", pgettext_lazy("project", "Being checked")
    COMPLETED = "completed", pgettext_lazy("project", "Completed")
    CANCELLED = "cancelled", pgettext_lazy("project", "Given up")


DRAFT_STATES = (State.IDEA, State.PROPOSED)
TO_DECIDE = (State.PROPOSED, State.REVIEW)
OPEN_STATES = (*DRAFT_STATES, State.APPROVED, State.ACTIVE, State.PAUSED, State.REVIEW)
WORK_STATES = (State.APPROVED, State.ACTIVE, State.PAUSED)


class MilestoneState(TextChoices):
    OPEN = "open", pgettext_lazy("milestone", "To do")
    DONE = "done", pgettext_lazy("milestone", "Done")
    DROPPED = "dropped", pgettext_lazy("milestone", "Left out")


class Act(TextChoices):
    """What can be done with a project as a whole, in the words of the button."""

    PROPOSE = "propose", _("Propose the project")
    WITHDRAW = "withdraw", _("Take the proposal back")
    APPROVE = "approve", _("Approve the project")
    RETURN = "return", _("Send the proposal back")
    START = "start", _("Start the project")
    PAUSE = "pause", _("Pause the project")
    RESUME = "resume", _("Go on with the project")
    SUBMIT = "submit", _("Hand in for the final check")
    COMPLETE = "complete", _("Complete the project")
    REOPEN = "reopen", _("Send it back to work")
    CANCEL = "cancel", _("Give the project up")


class Part(StrEnum):
    """Whose act it is: of those who do the work, or of those who decide on it."""

    LEADS = "leads"
    DECIDES = "decides"


@dataclass(frozen=True)
class Step:
    """One line of the table: who may bring a project from `start` to `to`, and by which act."""

    start: State
    act: Act
    to: State
    parts: frozenset[Part]


LEADS, DECIDES = frozenset({Part.LEADS}), frozenset({Part.DECIDES})
EITHER = LEADS | DECIDES
STEPS = (
    Step(State.IDEA, Act.PROPOSE, State.PROPOSED, LEADS),
    Step(State.IDEA, Act.CANCEL, State.CANCELLED, LEADS),
    Step(State.PROPOSED, Act.WITHDRAW, State.IDEA, LEADS),
    Step(State.PROPOSED, Act.APPROVE, State.APPROVED, DECIDES),
    Step(State.PROPOSED, Act.RETURN, State.IDEA, DECIDES),
    Step(State.APPROVED, Act.START, State.ACTIVE, LEADS),
    Step(State.APPROVED, Act.CANCEL, State.CANCELLED, EITHER),
    Step(State.ACTIVE, Act.SUBMIT, State.REVIEW, LEADS),
    Step(State.ACTIVE, Act.PAUSE, State.PAUSED, EITHER),
    Step(State.ACTIVE, Act.CANCEL, State.CANCELLED, EITHER),
    Step(State.PAUSED, Act.RESUME, State.ACTIVE, EITHER),
    Step(State.PAUSED, Act.CANCEL, State.CANCELLED, EITHER),
    Step(State.REVIEW, Act.COMPLETE, State.COMPLETED, DECIDES),
    Step(State.REVIEW, Act.REOPEN, State.ACTIVE, DECIDES),
)
WITH_REASON = frozenset({Act.RETURN, Act.PAUSE, Act.RESUME, Act.REOPEN, Act.CANCEL})
FOR_GOOD = frozenset({Act.CANCEL, Act.COMPLETE})
"""What cannot be taken back."""


def step_for(state: str, act: Act) -> Step | None:
    """The line of the table; None where the act does not fit the state."""
    return next((step for step in STEPS if step.start == state and step.act == act), None)


def acts_for(state: str, parts: Collection[Part]) -> list[Act]:
    """What somebody with these parts may do now, in the order of the table."""
    return [step.act for step in STEPS if step.start == state and step.parts & set(parts)]


@dataclass(frozen=True)
class Facts:
    """What the gates ask of a project."""

    has_target: bool
    has_result: bool
    first_day: date | None
    last_day: date | None
    milestones: int
    open_milestones: int
    befores: int
    afters: int


@dataclass(frozen=True)
class Check:
    """One line of the checklist before a gate."""

    words: str | Promise
    is_met: bool


def checks(act: Act, facts: Facts) -> list[Check]:
    """What must be there before the act, with what is there already; empty for a free act."""
    if act == Act.PROPOSE:
        has_days = facts.first_day is not None and facts.last_day is not None
        return [
            Check(_("The target is written"), facts.has_target),
            Check(_("The first and last day are set"), has_days),
            Check(_("There is at least one milestone"), facts.milestones > 0),
        ]
    if act in (Act.SUBMIT, Act.COMPLETE):
        ticked_off = facts.milestones > 0 and facts.open_milestones == 0
        return [
            Check(_("Every milestone is done, or left out with a reason"), ticked_off),
            Check(_("There is a photo from before"), facts.befores > 0),
            Check(_("There is a photo from after"), facts.afters > 0),
            Check(_("The result is written"), facts.has_result),
        ]
    return []


def missing(act: Act, facts: Facts) -> list[str]:
    """The words of what is not there yet."""
    return [str(check.words) for check in checks(act, facts) if not check.is_met]


def progress(milestones: Iterable[tuple[int, str]]) -> int:
    """Percent done of (weight, state); what was left out counts neither way.

    Whole only once every milestone is done: 199 of 200 are 99 percent.
    """
    kept = [(weight, state) for weight, state in milestones if state != MilestoneState.DROPPED]
    whole = sum(weight for weight, _state in kept)
    done = sum(weight for weight, state in kept if state == MilestoneState.DONE)
    return done * WHOLE // whole if whole else 0
