"""Projects: what a team, or several, undertake to change, by when, and what came of it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.language import in_language
from services.centres.models import Centre
from volunteers.projects import rules
from volunteers.projects.rules import State
from volunteers.teams.models import Team

TITLE_LENGTH = 60
TEXT_LENGTH = 1000
REASON_LENGTH = 200
TONES = {
    State.PROPOSED: "warn",
    State.ACTIVE: "open",
    State.PAUSED: "warn",
    State.REVIEW: "warn",
    State.COMPLETED: "open",
}


class ProjectKind(models.TextChoices):
    PIONEER = "pioneer", _("Pioneer project")
    DEMONSTRATION = "demonstration", _("Demonstration project")


class Category(models.TextChoices):
    CHILDREN = "children", pgettext_lazy("project", "Children")
    CULTURE = "culture", pgettext_lazy("project", "Culture")
    ELDERLY = "elderly", pgettext_lazy("project", "Elderly people")
    ENVIRONMENT = "environment", pgettext_lazy("project", "Environment")
    HOUSING = "housing", pgettext_lazy("project", "Housing")
    INFRASTRUCTURE = "infrastructure", pgettext_lazy("project", "Roads and lights")
    LIVELIHOOD = "livelihood", pgettext_lazy("project", "Making a living")
    MEDIATION = "mediation", pgettext_lazy("project", "Law and mediation")
    NEW_RESIDENTS = "new_residents", pgettext_lazy("project", "New residents")
    ORDER = "order", pgettext_lazy("project", "Public order")
    PARKING = "parking", pgettext_lazy("project", "Parking")
    SAFETY = "safety", pgettext_lazy("project", "Safety")
    SERVICES = "services", pgettext_lazy("project", "Everyday services")
    TRANSPORT = "transport", pgettext_lazy("project", "Transport")
    YOUTH = "youth", pgettext_lazy("project", "Young people")


def _person(**more: Any) -> Any:
    """A column for somebody of the project's history."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        **more,
    )


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> "ProjectQuerySet":
        """Those that were approved once: what everybody may read, whatever became of them."""
        return self.filter(approved_at__isnull=False)

    def matching(self, text: str) -> "ProjectQuerySet":
        """With every word of `text` in the title, summary or code, in either language."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("title_zh", "title_en", "summary", "code"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def active_on(self, day: date) -> "ProjectQuerySet":
        """Under way at some time of that day."""
        lasting = Q(spells__ends_on=None) | Q(spells__ends_on__gte=day)
        return self.filter(lasting, spells__starts_on__lte=day).distinct()

    def active_since(self, day: date) -> "ProjectQuerySet":
        """Under way that day or at some later one."""
        lasting = Q(spells__ends_on=None) | Q(spells__ends_on__gte=day)
        return self.filter(lasting, spells__isnull=False).distinct()

    def for_list(self) -> "ProjectQuerySet":
        """With what a row of a list shows."""
        links = models.Prefetch("links", ProjectTeam.objects.select_related("team"))
        return self.select_related("centre", "lead").prefetch_related(links, "milestones")


class Project(models.Model):
    """What teams undertake to change. `centre` is empty for a project of the whole town.

    `reason` belongs to the last act that asked for one. `version` grows with every change, so that
    nobody decides on what has changed since they read it. History is the audit trail.
    """

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=15, choices=ProjectKind, default=ProjectKind.PIONEER)
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    title_zh = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=100, blank=True)
    category = models.CharField(max_length=15, choices=Category)
    summary = models.CharField(max_length=300)
    target = models.TextField(max_length=TEXT_LENGTH, blank=True)
    result = models.TextField(max_length=TEXT_LENGTH, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.IDEA)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="projects_led")
    teams: "models.ManyToManyField[Team, ProjectTeam]" = models.ManyToManyField(
        Team, through="ProjectTeam", related_name="projects"
    )
    created_at = models.DateTimeField()
    proposed_by = _person()
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person()
    approved_at = models.DateTimeField(null=True, blank=True)
    submitted_by = _person()
    submitted_at = models.DateTimeField(null=True, blank=True)
    completed_by = _person()
    completed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["centre", "state"], name="project_by_centre_and_state"),
            models.Index(fields=["state", "category"], name="project_by_state_and_category"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
            ),
            CheckConstraint(
                condition=~Q(kind="demonstration") | Q(centre=None),
                name="project_demonstration_is_the_towns",
            ),
            CheckConstraint(
                condition=Q(state__in=["idea", "cancelled"])
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="project_proposed_by_somebody",
            ),
            CheckConstraint(
                condition=Q(state__in=["idea", "proposed"], approved_by=None, approved_at=None)
                | Q(state="cancelled", approved_by=None, approved_at=None)
                | (
                    ~Q(state__in=["idea", "proposed"])
                    & Q(approved_by__isnull=False, approved_at__isnull=False)
                ),
                name="project_approved_by_somebody",
            ),
            CheckConstraint(
                condition=(
                    Q(state="completed", completed_by__isnull=False, completed_at__isnull=False)
                    & ~Q(result="")
                )
                | (~Q(state="completed") & Q(completed_by=None, completed_at=None)),
                name="project_completed_with_a_result",
            ),
            CheckConstraint(
                condition=~Q(approved_by=F("lead")) & ~Q(approved_by=F("proposed_by")),
                name="project_never_approved_by_its_own",
            ),
            CheckConstraint(
                condition=~Q(completed_by=F("lead"))
                & ~Q(completed_by=F("proposed_by"))
                & ~Q(completed_by=F("submitted_by")),
                name="project_never_completed_by_its_own",
            ),
            CheckConstraint(
                condition=~Q(state__in=["paused", "cancelled"]) | ~Q(reason=""),
                name="project_stopped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES.get(State(self.state), "quiet")

    @property
    def is_draft(self) -> bool:
        """Whether its words may still be changed."""
        return self.state in rules.DRAFT_STATES

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN_STATES

    @property
    def progress(self) -> int:
        """Percent done by the milestones' weights; load `milestones` first."""
        return rules.progress((step.weight, step.state) for step in self.milestones.all())

    @property
    def team(self) -> Team | None:
        """The responsible one; load `links__team` first."""
        return next((link.team for link in self.links.all() if link.is_responsible), None)


class ProjectTeam(models.Model):
    """A team that takes part; one of them is responsible."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="links")
    team = models.ForeignKey(Team, models.PROTECT, related_name="project_links")
    is_responsible = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_responsible", "pk"]
        constraints = [
            UniqueConstraint(fields=["project", "team"], name="project_team_once"),
            UniqueConstraint(
                fields=["project"],
                condition=Q(is_responsible=True),
                name="project_has_one_responsible_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} in {self.project_id}"


class ActiveSpell(models.Model):
    """From the day the project was started or went on, to the day it stopped, both included."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="spells")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["project"], condition=Q(ends_on=None), name="project_one_open_spell"
            ),
            CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_spell_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.starts_on}"
