"""Lists as files: the short ones at once, the long ones from a worker, with their progress."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.audit.actions import record
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.tables import Asked, Table
from lishui_center.exports.access import exports_of, get_export, get_ready_export, get_table
from lishui_center.exports.actions import ask_export, record_exported, stop_export
from lishui_center.exports.answering import answer_file, answer_now
from lishui_center.exports.models import Export
from lishui_center.exports.reading import batches, keys_of
from lishui_center.exports.rules import Format, Order, query_of

PAGE_SIZE = 30


@staff_required()
@require_http_methods(["GET", "POST"])
def table(request: SignedInRequest, name: str, file_format: Format) -> HttpResponseBase:
    """The list's file; a long one is asked for by POST, and made by a worker."""
    asked = Asked(request.user, request.GET.dict(), timezone.now())
    found = get_table(request.user, name, asked.day)
    order = Order(name, file_format, get_language() or "", query_of(asked.params))
    rows = found.rows(asked)
    if request.method == "POST":
        return _begin(request, order, rows.count(), asked.now)
    keys = keys_of(rows, most=settings.EXPORT_AT_ONCE + 1)
    if len(keys) > settings.EXPORT_AT_ONCE:
        return _offer(request, found, order, rows.count())
    record_exported(request.user, order, rows=len(keys))
    return answer_now(found, order, asked, batches(rows, keys))


@staff_required()
@require_GET
def exports(request: SignedInRequest) -> HttpResponse:
    """The person's own exports of the last day."""
    page = Paginator(exports_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "exports/list.html", {"page": page})


@staff_required()
@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far one is; asks again by itself until it is over."""
    context = {"export": get_export(request.user, pk)}
    return htmx.render(request, "exports/progress.html", part="progress", context=context)


@staff_required()
@require_GET
def fetch(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file, to its owner; each time leaves a trace."""
    now = timezone.now()
    export = get_ready_export(request.user, pk, now)
    try:
        answer = answer_file(export, today(export.created_at))
    except FileNotFoundError:  # removed between the question and the answer
        raise Http404 from None
    record(request.user, "export.fetched", export, name=export.table, rows=export.rows_done)
    return answer


@staff_required()
@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop one that is not ready."""
    export = get_export(request.user, pk)
    try:
        stop_export(export=export, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The export is stopped."))
    return htmx.redirect(request, "exports:progress", pk)


def _begin(request: SignedInRequest, order: Order, rows: int, now: datetime) -> HttpResponse:
    try:
        export = ask_export(owner=request.user, order=order, rows=rows, now=now)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    return redirect("exports:progress", export.pk)


def _offer(request: SignedInRequest, found: Table, order: Order, rows: int) -> HttpResponse:
    """Say how long the list is before a worker is set to it; the one on its way comes first."""
    on_its_way: Export | None = exports_of(request.user).of_order(order).open().first()
    if on_its_way:
        return redirect("exports:progress", on_its_way.pk)
    context = {"table": found, "rows": rows, "format": order.format.label}
    return render(request, "exports/offer.html", context)
