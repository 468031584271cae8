"""Roles, and where each of them can hold."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

GRACE = timedelta(days=30)
"""Between closing an account and erasing it. Source: domain.md, "Law and standards"."""

UNPROVEN_FOR = timedelta(days=1)
"""How long an account waits for its first sign-in."""

STAFF_IDLE = 30 * 60
"""Seconds without a request after which a staff session ends. Source: as above."""


class Role(models.TextChoices):
    """What a grant makes of a person; being a resident takes no grant."""

    VOLUNTEER = "volunteer", _("Volunteer")
    TEAM_LEADER = "team_leader", _("Team leader")
    PROJECT_LEAD = "project_lead", _("Project lead")
    CENTRE_STAFF = "centre_staff", _("Centre staff")
    CENTRE_MANAGER = "centre_manager", _("Centre manager")
    TOWN_ADMIN = "town_admin", _("Town administrator")
    AUDITOR = "auditor", _("Auditor")
    EXPERT = "expert", _("Think-tank expert")


MANAGER_ROLES = frozenset({Role.CENTRE_MANAGER, Role.TOWN_ADMIN})
STAFF_ROLES = MANAGER_ROLES | {Role.CENTRE_STAFF}
OFFICE_ROLES = STAFF_ROLES | {Role.AUDITOR}
TRAIL_READERS = frozenset({Role.AUDITOR, Role.TOWN_ADMIN})


class Scope(models.TextChoices):
    """Where a grant holds."""

    TOWN = "town", _("Whole town")
    CENTRE = "centre", _("One centre")
    TEAM = "team", _("One team")
    PROJECT = "project", _("One project")


ROLE_SCOPES = {
    Role.VOLUNTEER: (Scope.TOWN,),
    Role.TEAM_LEADER: (Scope.TEAM,),
    Role.PROJECT_LEAD: (Scope.PROJECT,),
    Role.CENTRE_STAFF: (Scope.CENTRE, Scope.TOWN),
    Role.CENTRE_MANAGER: (Scope.CENTRE,),
    Role.TOWN_ADMIN: (Scope.TOWN,),
    Role.AUDITOR: (Scope.TOWN,),
    Role.EXPERT: (Scope.TOWN,),
}
