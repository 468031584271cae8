"""What a project's page tells: its history, and what the reader can do next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.audit.models import Event
from volunteers.projects import rules
from volunteers.projects.access import facts_of, parts_of
from volunteers.projects.models import Project
from volunteers.projects.origins import origins_of
from volunteers.projects.rules import Act, Check

LATEST = 30
"""So many lines of history on a page; the audit trail has the rest."""

ONWARDS = (Act.APPROVE, Act.START, Act.RESUME)

OTHER = {
    "project.noted": _("Written down"),
    "project.changed": _("Words changed"),
    "project.result_written": _("Result written"),
    "project.milestone_added": _("Milestone added"),
    "project.milestone_removed": _("Milestone removed"),
    "project.milestone_open": _("Milestone to be done after all"),
    "project.milestone_done": _("Milestone done"),
    "project.milestone_dropped": _("Milestone left out"),
    "project.cost_added": _("Cost planned"),
    "project.cost_removed": _("Cost removed"),
    "project.spent_noted": _("Money spent noted"),
    "project.photo_added": _("Photo added"),
    "project.photo_removed": _("Photo removed"),
}
STEP_WORDS = {
    Act.PROPOSE: pgettext_lazy("project step", "Proposed"),
    Act.WITHDRAW: pgettext_lazy("project step", "Proposal taken back"),
    Act.APPROVE: pgettext_lazy("project step", "Approved"),
    Act.RETURN: pgettext_lazy("project step", "Proposal sent back"),
    Act.START: pgettext_lazy("project step", "Started"),
    Act.PAUSE: pgettext_lazy("project step", "Paused"),
    Act.RESUME: pgettext_lazy("project step", "Went on"),
    Act.SUBMIT: pgettext_lazy("project step", "Handed in for the final check"),
    Act.COMPLETE: pgettext_lazy("project step", "Completed"),
    Act.REOPEN: pgettext_lazy("project step", "Sent back to work"),
    Act.CANCEL: pgettext_lazy("project step", "Given up"),
}
WORDS = OTHER | {f"project.{act}": words for act, words in STEP_WORDS.items()}


class Line(TypedDict, total=False):
    """One line of the timeline component."""

    text: str
    at: datetime
    note: str
    state: str


@dataclass(frozen=True)
class Offer:
    """An act that the reader may do, and what must be there before."""

    act: Act
    checks: list[Check]

    @property
    def is_ready(self) -> bool:
        return all(check.is_met for check in self.checks)

    @property
    def is_main(self) -> bool:
        """Whether it leads onwards."""
        return self.act in ONWARDS

    @property
    def is_for_good(self) -> bool:
        """Whether it cannot be taken back."""
        return self.act in rules.FOR_GOOD


def history_of(project: Project) -> list[Line]:
    """What was done, by whom and why, the latest first: two queries."""
    found = Event.objects.filter(target_type="volunteers.project", target_id=str(project.pk))
    events = list(found.order_by("-pk")[:LATEST])
    actors = {event.actor_id for event in events if event.actor_id}
    names = dict(User.objects.filter(pk__in=actors).values_list("pk", "display_name"))
    return [_line(event, names) for event in events]


def offers_to(user: User, project: Project, day: date) -> list[Offer]:
    """What the person may do now; the acts that change most come last."""
    acts = rules.acts_for(project.state, parts_of(user, project, day))
    if not acts:
        return []
    facts = facts_of(project)
    return [Offer(act, rules.checks(act, facts)) for act in acts]


def _line(event: Event, names: dict[int, str]) -> Line:
    words = str(WORDS.get(event.action, event.action))
    by = names.get(event.actor_id or 0, "")
    text = f"{words} · {by}" if by else words
    return {"text": text, "at": event.at, "note": event.reason, "state": "done"}


def shown(project: Project, *, inside: bool = False) -> dict[str, object]:
    """What every page of one project shows; papers only `inside`."""
    steps = list(project.milestones.all())
    origins = origins_of(project.code, [step.pk for step in steps])
    pictures = list(project.evidence.select_related("photo"))
    return {
        "project": project,
        "steps": [(step, origins.get(step.pk)) for step in steps],
        "befores": [picture for picture in pictures if picture.kind == "before"],
        "afters": [picture for picture in pictures if picture.kind == "after"],
        "others": [
            picture
            for picture in pictures
            if picture.kind == "progress" or (inside and picture.kind == "document")
        ],
        "costs": list(project.budget.all()),
    }
