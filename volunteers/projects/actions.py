"""Writing a project down and changing its words. Its steps are in steps.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.centres.models import Centre
from services.standing.rules import clean_words
from volunteers.projects.access import leads
from volunteers.projects.errors import (
    LeadNotOfTeamError,
    NotNowError,
    NotYourProjectError,
    NotYourTeamsError,
    TeamElsewhereError,
)
from volunteers.projects.models import TEXT_LENGTH, Project, ProjectKind, ProjectTeam
from volunteers.projects.rules import DRAFT_STATES, State
from volunteers.teams.access import memberships_of
from volunteers.teams.models import Team

WORDS = ("title_zh", "title_en", "category", "summary", "target", "starts_on", "ends_on")


@dataclass(frozen=True)
class Idea:
    """What is written down of a project; `team` is the responsible one, `others` take part."""

    kind: ProjectKind
    title_zh: str
    category: str
    summary: str
    lead: User
    team: Team
    others: Sequence[Team] = ()
    title_en: str = ""
    target: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def centre(self) -> Centre | None:
        """Whose project it is; demonstration projects are the town's."""
        return None if self.kind == ProjectKind.DEMONSTRATION else self.team.centre


@retry_on_conflict
@transaction.atomic
def note_idea(*, idea: Idea, by: User, now: datetime) -> Project:
    """Write a new project down; only its people see it until somebody proposes it.

    Raises:
        NotYourTeamsError, LeadNotOfTeamError, TeamElsewhereError: nothing was written.
    """
    if not _leads_team(by, idea.team, now):
        raise NotYourTeamsError
    _check(idea, now)
    project = Project(code=_free_code(idea.centre), created_at=now, lead=idea.lead)
    _fill(project, idea)
    project.save()
    _link(project, idea)
    record_change(by, "project.noted", project)
    return project


@transaction.atomic
def change_idea(*, project_id: int, idea: Idea, by: User, now: datetime) -> Project:
    """Put other words, people or teams in, while nobody has approved it.

    Raises:
        NotYourProjectError, NotNowError, NotYourTeamsError, LeadNotOfTeamError,
        TeamElsewhereError: nothing changed.
    """
    project = lock_project(project_id)
    check_leads(project, by, now, DRAFT_STATES)
    stays = project.links.filter(team=idea.team, is_responsible=True).exists()
    if not stays and not _leads_team(by, idea.team, now):
        raise NotYourTeamsError
    if not (stays and idea.lead.pk == project.lead_id):
        _check_lead(idea, now)
    _check_others(idea)
    _fill(project, idea)
    project.version += 1
    project.save()
    project.links.all().delete()
    _link(project, idea)
    record_change(by, "project.changed", project)
    return project


@transaction.atomic
def write_result(*, project_id: int, text: str, by: User, now: datetime) -> Project:
    """Write down what came of it, before the final check.

    Raises:
        NotYourProjectError, NotNowError: nothing changed.
    """
    project = lock_project(project_id)
    check_leads(project, by, now, (State.ACTIVE, State.PAUSED))
    project.result = clean_words(text)[:TEXT_LENGTH]
    project.version += 1
    project.save(update_fields=["result", "version"])
    record_change(by, "project.result_written", project)
    return project


def lock_project(project_id: int) -> Project:
    """The project, locked until the transaction ends."""
    locked = Project.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("centre", "lead").get(pk=project_id)


def check_leads(project: Project, by: User, now: datetime, states: Sequence[str]) -> None:
    """Let only those who lead the work through, while the project is in one of `states`.

    Raises:
        NotYourProjectError, NotNowError
    """
    if not leads(by, project, today(now)):
        raise NotYourProjectError
    if project.state not in states:
        raise NotNowError


def touch(project: Project) -> None:
    """Note that a part of the locked project changed."""
    project.version += 1
    project.save(update_fields=["version"])


def record_change(
    by: User, action: str, project: Project, *, reason: str = "", **facts: str | int
) -> None:
    """A line of the project's history."""
    record(by, action, project, centre_id=project.centre_id, reason=reason, ok=True, **facts)


def _fill(project: Project, idea: Idea) -> None:
    for name in WORDS:
        value = getattr(idea, name)
        setattr(project, name, clean_words(value) if isinstance(value, str) else value)
    project.kind, project.centre, project.lead = idea.kind, idea.centre, idea.lead


def _link(project: Project, idea: Idea) -> None:
    others = [team for team in idea.others if team.pk != idea.team.pk]
    ProjectTeam.objects.bulk_create(
        [
            ProjectTeam(project=project, team=team, is_responsible=team is idea.team)
            for team in (idea.team, *others)
        ]
    )


def _check(idea: Idea, now: datetime) -> None:
    _check_lead(idea, now)
    _check_others(idea)


def _check_lead(idea: Idea, now: datetime) -> None:
    if not memberships_of(idea.lead, today(now)).filter(team=idea.team).exists():
        raise LeadNotOfTeamError


def _check_others(idea: Idea) -> None:
    """A centre's project is shared within the centre and with the town's teams."""
    for team in idea.others:
        if idea.centre and team.centre_id not in (idea.centre.pk, None):
            raise TeamElsewhereError(team=team.name)


def _leads_team(by: User, team: Team, now: datetime) -> bool:
    return memberships_of(by, today(now)).deciding().filter(team=team).exists()


def _free_code(centre: Centre | None) -> str:
    """'shachong-4'; two at once want the same, and the later one tries again."""
    number = Project.objects.filter(code__startswith=_place(centre)).count() + 1
    return f"{_place(centre)}{number}"


def _place(centre: Centre | None) -> str:
    return f"{centre.code[:30] if centre else 'town-wide'}-"
