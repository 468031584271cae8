"""Who holds which role, as a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lishui_center.accounts.models import RoleGrant
from lishui_center.accounts.roles.models import RoleGrantQuerySet
from lishui_center.accounts.roles.places import names_by_scope
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.tables import Asked, Column, Table


def _rows(asked: Asked) -> RoleGrantQuerySet:
    found = RoleGrant.objects.decidable_by(asked.user, asked.day)
    return found.not_over(asked.day).for_list()


def _columns(_asked: Asked) -> tuple[Column, ...]:
    names = names_by_scope()

    def place(grant: RoleGrant) -> str:
        known = names.get(grant.scope, {}).get(grant.scope_id or 0, "")
        return known or f"{grant.get_scope_display()} {grant.scope_id or ''}".strip()

    return (
        Column(_("Person"), lambda grant: grant.user.masked_name),
        Column(_("Role"), lambda grant: grant.get_role_display()),
        Column(_("Where"), place),
        Column(_("First day"), lambda grant: grant.valid_from),
        Column(_("Last day"), lambda grant: grant.valid_to),
    )


ROLES = Table("roles", gettext_lazy("Roles"), MANAGER_ROLES, _rows, _columns)
