"""Certificates for the managers of a centre: look one up, and revoke it with a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.search import searched_for
from volunteers.certificates.access import certificates_managed_by, get_certificate_to_manage
from volunteers.certificates.actions import revoke_certificate
from volunteers.certificates.forms import RevokeForm

PAGE_SIZE = 50


@staff_required(roles=MANAGER_ROLES)
@require_safe
def certificates(request: SignedInRequest) -> HttpResponse:
    """Those of the volunteers of one's centres, the latest first."""
    search = searched_for(request)
    found = certificates_managed_by(request.user, today(timezone.now()), search)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search}
    return render(request, "volunteers/staff/certificates.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: SignedInRequest, code: str) -> HttpResponse:
    """One certificate, and revoking it."""
    now = timezone.now()
    found = get_certificate_to_manage(request.user, code, today(now))
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            revoke_certificate(code=code, by=request.user, reason=reason, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is revoked."))
            return redirect("volunteer-staff:certificate", code)
    context = {"certificate": found, "form": form, "is_own": found.volunteer_id == request.user.pk}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/certificate.html", context, status=status)
