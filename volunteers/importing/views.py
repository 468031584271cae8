"""Entering many members at once: a sheet, a look at every row, and then all or none."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.importing import sheet
from volunteers.importing.access import get_import, rows_of
from volunteers.importing.actions import confirm_import, discard_import, keep_rows
from volunteers.importing.checking import check_rows
from volunteers.importing.forms import SheetForm
from volunteers.importing.models import MemberImport

PAGE_SIZE = 100


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Send a sheet; nothing is entered yet."""
    is_sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    if form.is_valid():
        try:
            rows = sheet.read_rows(form.cleaned_data["sheet"].read())
        except RuleError as refusal:
            form.add_error("sheet", str(refusal))
        else:
            kept = keep_rows(rows=rows, by=request.user, now=timezone.now())
            return redirect("volunteer-staff:import-preview", kept.pk)
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/teams/upload.html", {"form": form}, status=status)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every row with what is wrong with it; then enter all, or none."""
    now = timezone.now()
    kept = get_import(request.user, pk, now)
    if request.method != "POST":
        return _preview(request, kept)
    if request.POST.get("act") == "discard":
        discard_import(import_id=kept.pk, by=request.user)
        messages.info(request, _("Nothing was entered."))
        return redirect("volunteer-staff:import")
    try:
        number = confirm_import(import_id=kept.pk, by=request.user, now=now)
    except RuleError as refusal:
        return _preview(request, kept, refusal=str(refusal))
    words = ngettext("%(number)s member entered.", "%(number)s members entered.", number)
    messages.success(request, words % {"number": number})
    return redirect("volunteer-staff:teams")


@staff_required(roles=STAFF_ROLES)
@require_safe
def template(_request: SignedInRequest) -> HttpResponse:
    """The empty sheet."""
    return HttpResponse(
        sheet.template(),
        content_type=sheet.MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="members.xlsx"'},
    )


def _preview(request: SignedInRequest, kept: MemberImport, *, refusal: str = "") -> HttpResponse:
    checked = check_rows(rows_of(kept), by=request.user, day=today(timezone.now()))
    wrong = [one for one in checked if one.faults]
    ordered = sorted(checked, key=lambda one: (not one.faults, one.row.number))
    context = {
        "kept": kept,
        "page": Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": len(checked),
        "wrong": len(wrong),
        "new_accounts": len({one.phone for one in checked if one.is_new}),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "volunteers/staff/teams/preview.html", context, status=status)
