"""Who holds which role: to see, to give, to take back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lishui_center.accounts.access import SignedInRequest, get_grant_to_revoke, staff_required
from lishui_center.accounts.models import RoleGrant
from lishui_center.accounts.roles.actions import grant_role, revoke_role
from lishui_center.accounts.roles.forms import GrantForm
from lishui_center.accounts.roles.places import names_by_scope
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common import clock, htmx
from lishui_center.common.errors import RuleError

PAGE_SIZE = 50


@staff_required(roles=MANAGER_ROLES)
def roles(request: SignedInRequest) -> HttpResponse:
    """The roles in force or to come that the person decides on, and a form for one more."""
    now = timezone.now()
    today = clock.today(now)
    names = names_by_scope()
    form = GrantForm(
        request.POST or None,
        by=request.user,
        today=today,
        names=names,
        initial={"valid_from": today},
    )
    if form.is_valid():
        try:
            grant_role(grant=form.instance, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return htmx.redirect(request, "accounts:roles")
    grants = RoleGrant.objects.decidable_by(request.user, today).not_over(today).for_list()
    page = Paginator(grants, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(grant, names.get(grant.scope, {}).get(grant.scope_id or 0, "")) for grant in page]
    context = {"form": form, "page": page, "rows": rows}
    return htmx.render(request, "accounts/roles.html", part="form", context=context)


@staff_required(roles=MANAGER_ROLES)
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one role back."""
    now = timezone.now()
    grant = get_grant_to_revoke(request.user, pk, clock.today(now))
    revoke_role(grant=grant, by=request.user, now=now)
    messages.success(request, _("The role is taken back."))
    return htmx.redirect(request, "accounts:roles")
