"""Who may do what, where, and for how long."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import ROLE_SCOPES, Role, Scope

if TYPE_CHECKING:
    from lishui_center.accounts.models import User


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants by term."""

    def in_force(self, today: date) -> Self:
        """Grants whose term holds `today` and that nobody took back."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=today),
            valid_from__lte=today,
            revoked_at=None,
        )

    def not_over(self, today: date) -> Self:
        """Grants in force or still to begin."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), revoked_at=None)

    def decidable_by(self, user: "User", today: date) -> Self:
        """Grants the person may see and take back: his own staff's, or everybody's."""
        if user.is_town_admin(today):
            return self.exclude(user=user)
        centres = [
            grant.scope_id for grant in user.grants_on(today) if grant.role == Role.CENTRE_MANAGER
        ]
        return self.filter(
            role=Role.CENTRE_STAFF, scope=Scope.CENTRE, scope_id__in=centres
        ).exclude(user=user)

    def for_list(self) -> Self:
        """With what the page of grants shows, latest first."""
        return self.select_related("user", "granted_by").order_by("-valid_from", "-pk")


class RoleGrant(models.Model):
    """A role for one person, in one place, from the first to the last day of a term.

    `scope_id` is the centre's, team's or project's number without a foreign key: those tables
    live in apps above this one. Rows are kept after the term: they explain the past.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        "role_grants",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope)
    scope_id = models.BigIntegerField(_("number in that scope"), null=True, blank=True)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        "grants_made",
        null=True,
        blank=True,
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            models.CheckConstraint(
                condition=Q(scope="town", scope_id=None)
                | (~Q(scope="town") & Q(scope_id__isnull=False)),
                name="grant_names_its_place",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("user")), name="grant_never_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(
                    *(Q(role=role, scope__in=[*scopes]) for role, scopes in ROLE_SCOPES.items()),
                    _connector=Q.OR,
                ),
                name="grant_scope_fits_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "scope", "scope_id", "valid_from"],
                condition=Q(revoked_at=None, scope_id__isnull=False),
                name="grant_once_per_place",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "valid_from"],
                condition=Q(revoked_at=None, scope_id=None),
                name="grant_once_per_town",
            ),
        )
        indexes = (models.Index(fields=["scope", "scope_id", "role"], name="grant_by_place"),)

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.get_scope_display()} {self.scope_id or ''})"

    def covers(self, centre_id: int, roles: frozenset[Role]) -> bool:
        """Whether the grant gives one of `roles` at the centre."""
        return self.role in roles and (
            self.scope == Scope.TOWN or (self.scope == Scope.CENTRE and self.scope_id == centre_id)
        )
