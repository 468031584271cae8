"""Returning hours to the national volunteer system."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.exports.rules import Format
from volunteers.returns import actions
from volunteers.returns.access import (
    batches_of,
    centres_to_return,
    get_batch,
    returns_whole_town,
)
from volunteers.returns.file import read_file, release_file
from volunteers.returns.forms import AnswerForm, BatchForm, FileForm
from volunteers.returns.models import ReturnBatch
from volunteers.returns.rules import Answer

PAGE_SIZE = 50


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: SignedInRequest) -> HttpResponse:
    """The batches there are, and making the next one."""
    now = timezone.now()
    day = today(now)
    form = BatchForm(
        request.POST or None,
        centres=centres_to_return(request.user, day),
        whole_town=returns_whole_town(request.user, day),
    )
    if form.is_valid():
        centre = form.cleaned_data["centre"]
        try:
            batch = actions.make_batch(centre=centre, by=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("volunteer-staff:return", batch.pk)
    found = batches_of(request.user, day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "volunteers/staff/returns.html", context, status=status)


@staff_required(roles=MANAGER_ROLES)
@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """One batch: its rows with names masked, and what can be done next."""
    return _batch_page(request, _batch(request, pk))


@staff_required(roles=MANAGER_ROLES)
@require_POST
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file to hand in: takes a reason and leaves a trace."""
    found, form = _batch(request, pk), FileForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, found, file_form=form)
    return release_file(
        batch=found,
        file_format=Format.CSV if request.POST.get("format") == Format.CSV else Format.XLSX,
        by=request.user,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
    )


@staff_required(roles=MANAGER_ROLES)
@require_POST
def answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """What came back, as a file."""
    found, form = _batch(request, pk), AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            _take(request, found, read_file(sent, sent.name))
        except RuleError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("volunteer-staff:return", pk)
    return _batch_page(request, found, answer_form=form)


@staff_required(roles=MANAGER_ROLES)
@require_POST
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Handed in; or what became of the ticked rows, by hand."""
    found, now = _batch(request, pk), timezone.now()
    ticked = [int(key) for key in request.POST.getlist("row")[:PAGE_SIZE] if key.isdecimal()]
    name, reason = request.POST.get("act"), request.POST.get("reason", "")
    try:
        if name == "sent":
            actions.mark_sent(batch=found, by=request.user, now=now)
            messages.success(request, _("Noted as handed in."))
        elif name == "again":
            actions.send_again(batch=found, row_ids=ticked, by=request.user, now=now)
            messages.success(request, _("These wait to be sent again."))
        else:
            is_accepted = name == "accepted"
            _take(request, found, [Answer(key, is_accepted, reason) for key in ticked])
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return redirect("volunteer-staff:return", pk)


def _batch(request: SignedInRequest, pk: int) -> ReturnBatch:
    return get_batch(request.user, pk, today(timezone.now()))


def _take(request: SignedInRequest, found: ReturnBatch, said: list[Answer]) -> None:
    accepted, refused = actions.take_answers(
        batch=found, answers=said, by=request.user, now=timezone.now()
    )
    words = _("Accepted: %(accepted)s. Refused: %(refused)s.")
    messages.success(request, words % {"accepted": accepted, "refused": refused})


def _batch_page(
    request: SignedInRequest,
    found: ReturnBatch,
    *,
    file_form: FileForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    rows = found.rows.for_list()
    context = {
        "batch": found,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "file_form": file_form or FileForm(),
        "answer_form": answer_form or AnswerForm(),
    }
    status = 422 if file_form or answer_form else 200
    return render(request, "volunteers/staff/batch.html", context, status=status)
