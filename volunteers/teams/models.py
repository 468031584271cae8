"""Volunteer teams, and who belongs to them from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, CheckConstraint, Count, F, Prefetch, Q, UniqueConstraint, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.common.language import in_language
from services.centres.models import Centre


class TeamKind(models.TextChoices):
    VANGUARD = "vanguard", _("Vanguard team")
    RESIDENT = "resident", _("Residents' team")
    MASS_ORG = "mass_org", _("Mass organisation")
    SOCIAL_ORG = "social_org", _("Social organisation")


class TeamState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("team", "Active")
    DORMANT = "dormant", pgettext_lazy("team", "Dormant")
    DISBANDED = "disbanded", pgettext_lazy("team", "Disbanded")


class MemberRole(models.TextChoices):
    LEADER = "leader", _("Leader")
    DEPUTY = "deputy", _("Deputy leader")
    MEMBER = "member", _("Member")


DECIDING = [MemberRole.LEADER, MemberRole.DEPUTY]
TONES = {TeamState.ACTIVE: "open", TeamState.DORMANT: "warn", TeamState.DISBANDED: "quiet"}
WORDS_LENGTH = 200
"""The most that somebody says when asking, and that is answered."""


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> "TeamQuerySet":
        return self.filter(state=TeamState.ACTIVE)

    def standing(self) -> "TeamQuerySet":
        """Those that are not disbanded."""
        return self.exclude(state=TeamState.DISBANDED)

    def matching(self, text: str) -> "TeamQuerySet":
        """Teams with every word of `text` in the name or purpose, in either language."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("name_zh", "name_en", "about_zh", "about_en"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def counting_members(self) -> "TeamQuerySet":
        """Each with `members`, the number of people in it."""
        return self.annotate(
            members=Count("memberships", filter=Q(memberships__ends_on=None), distinct=True)
        )

    def for_list(self) -> "TeamQuerySet":
        """With what a list shows, the whole town's first, then centre by centre."""
        found = self.select_related("centre").counting_members()
        first = F("centre__tier_order").asc(nulls_first=True)
        return found.order_by(first, "centre__code", "code")

    def with_leader(self) -> "TeamQuerySet":
        """Each with `leaders`, the one who leads it now, if anybody."""
        lead = Membership.objects.open().filter(role=MemberRole.LEADER).select_related("user")
        return self.prefetch_related(Prefetch("memberships", lead, to_attr="leaders"))


class Team(models.Model):
    """A team of a centre, or of the whole town where `centre` is empty.

    `state_on` is the day since when the state holds; empty, since the beginning.
    """

    code = models.SlugField(max_length=40, unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="teams")
    kind = models.CharField(max_length=10, choices=TeamKind)
    state = models.CharField(max_length=10, choices=TeamState, default=TeamState.ACTIVE)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    about_zh = models.CharField(max_length=500, blank=True)
    about_en = models.CharField(max_length=500, blank=True)
    state_on = models.DateField(null=True, blank=True)
    state_reason = models.CharField(max_length=WORDS_LENGTH, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            CheckConstraint(
                condition=~Q(state="disbanded") | (Q(state_on__isnull=False) & ~Q(state_reason="")),
                name="team_disbanded_on_a_day_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def about(self) -> str:
        return in_language(self.about_zh, self.about_en)

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES[TeamState(self.state)]

    @property
    def is_active(self) -> bool:
        """Whether people can join it."""
        return self.state == TeamState.ACTIVE


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> "MembershipQuerySet":
        """Those that have not ended, nor an end set."""
        return self.filter(ends_on=None)

    def by_role(self) -> "MembershipQuerySet":
        """With their people: leader, deputies, then the others by how long they are in."""
        place = Case(When(role="leader", then=0), When(role="deputy", then=1), default=2)
        return self.select_related("user").order_by(place, "starts_on", "pk")

    def of(self, user: User) -> "MembershipQuerySet":
        return self.filter(user=user).select_related("team")

    def on(self, day: date) -> "MembershipQuerySet":
        """In force that day; both ends are included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def ending_after(self, day: date) -> "MembershipQuerySet":
        """In force that day or later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def deciding(self) -> "MembershipQuerySet":
        """Those of leaders and deputies."""
        return self.filter(role__in=DECIDING)


class Membership(models.Model):
    """One person in one team, from `starts_on` to `ends_on`, both included; open while empty."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["team", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["team", "user"],
                condition=Q(ends_on=None),
                name="membership_open_once_per_person",
            ),
            UniqueConstraint(
                fields=["team"],
                condition=Q(role="leader", ends_on=None),
                name="team_has_one_leader",
            ),
            CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"

    @property
    def leads(self) -> bool:
        return self.role == MemberRole.LEADER
