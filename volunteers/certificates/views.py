"""A volunteer's own certificates."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.certificates.access import (
    certificates_of,
    get_own_certificate,
    span_of,
    stars_to_certify,
)
from volunteers.certificates.actions import certify_hours, certify_star
from volunteers.certificates.forms import PeriodForm, StarForm
from volunteers.certificates.paper import draw
from volunteers.certificates.rates import draws_too_often

PAGE_SIZE = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: SignedInRequest) -> HttpResponse:
    """Make one for a period, and fetch those there are."""
    now = timezone.now()
    day = today(now)
    form = PeriodForm(request.POST or None, usual=span_of(request.user, day), today=day)
    if form.is_valid():
        try:
            certify_hours(
                volunteer=request.user,
                period=form.period(),
                key=form.cleaned_data["key"],
                now=now,
            )
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is made. You can fetch it below."))
            return redirect("volunteers:certificates")
    found = certificates_of(request.user)
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "stars": stars_to_certify(request.user),
        "star_key": uuid4(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/certificates/mine.html", context, status=status)


@login_required
@require_POST
def make_for_star(request: SignedInRequest) -> HttpResponse:
    """A certificate of a star that was awarded."""
    form = StarForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            certify_star(
                volunteer=request.user,
                level=given["level"],
                key=given["key"],
                now=timezone.now(),
            )
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The certificate is made. You can fetch it below."))
    return redirect("volunteers:certificates")


@never_cache
@login_required
@require_safe
def paper(request: SignedInRequest, code: str) -> HttpResponse:
    """The certificate as a PDF, however often it is fetched."""
    certificate = get_own_certificate(request.user, code)
    if draws_too_often(request.user.pk):
        messages.error(request, _("Too many at once. Please try again in an hour."))
        return redirect("volunteers:certificates")
    try:
        content = draw(certificate)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("volunteers:certificates")
    record(request.user, "certificate.fetched", certificate)
    name = f"certificate-{certificate.shown_code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
