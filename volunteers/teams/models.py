"""Volunteer teams, and who belongs to them from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
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


class Team(models.Model):
    """A team of a centre, or of the whole town where `centre` is empty."""

    code = models.SlugField(max_length=40, unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="teams")
    kind = models.CharField(max_length=10, choices=TeamKind)
    state = models.CharField(max_length=10, choices=TeamState, default=TeamState.ACTIVE)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class MembershipQuerySet(models.QuerySet["Membership"]):
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
