"""Ratings and the cases of the bad ones, for the managers of a centre."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.centres.access import centres_managed_by
from services.ratings.access import get_follow_up, has_served, ratings_seen_by
from services.ratings.actions import close_follow_up, note_follow_up, show_caller
from services.ratings.models import CallBack, FollowUp, FollowUpState
from services.ratings.staff_forms import USUAL, CloseForm, NoteForm, PeriodForm, PhoneForm
from services.ratings.story import story_of

PAGE_SIZE = 50


@staff_required(roles=MANAGER_ROLES)
@require_safe
def ratings(request: SignedInRequest) -> HttpResponse:
    """How many of each score, and the ratings themselves, open cases first."""
    day = today(timezone.now())
    query = {"days": USUAL, **request.GET.dict()}
    form = PeriodForm(query, centres=centres_managed_by(request.user, day))
    found = ratings_seen_by(request.user, form.wanted(day), day)
    page = Paginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "scores": found.by_score(), "today": day}
    return render(request, "services/staff/ratings/list.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case: note what was found, or close it after the call-back."""
    case = _case(request, pk)
    if request.method != "POST":
        return _case_page(request, case)
    is_closing = request.POST.get("act") == "close"
    form = CloseForm(request.POST) if is_closing else NoteForm(request.POST)
    if form.is_valid():
        try:
            _decide(request, case, form)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:follow-up", case.pk)
    return _case_page(request, case, form=form)


@staff_required(roles=MANAGER_ROLES)
@require_POST
def show_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number to call back: takes a reason and leaves a trace."""
    case = _case(request, pk)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, form=form)
    try:
        phone = show_caller(
            follow_up_id=case.pk, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _case_page(request, case, form=form)
    return _case_page(request, case, phone=phone)


def _case(request: SignedInRequest, pk: int) -> FollowUp:
    return get_follow_up(request.user, pk, today(timezone.now()))


def _decide(request: SignedInRequest, case: FollowUp, form: CloseForm | NoteForm) -> None:
    now, given = timezone.now(), form.cleaned_data
    if isinstance(form, CloseForm):
        close_follow_up(
            follow_up_id=case.pk,
            call_back=CallBack(given["call_back"]),
            text=given["text"],
            actor=request.user,
            now=now,
        )
        return
    note_follow_up(
        follow_up_id=case.pk,
        state=FollowUpState(given["state"]),
        text=given["text"],
        actor=request.user,
        now=now,
    )


def _case_page(
    request: SignedInRequest,
    case: FollowUp,
    *,
    form: CloseForm | NoteForm | PhoneForm | None = None,
    phone: str = "",
) -> HttpResponse:
    context = {
        "case": case,
        "rating": case.rating,
        "events": story_of(case),
        "has_served": has_served(request.user, case.rating.ticket_id),
        "is_overdue": case.is_overdue(today(timezone.now())),
        "form": form,
        "note_form": form
        if isinstance(form, NoteForm)
        else NoteForm(initial={"state": case.state}),
        "close_form": form if isinstance(form, CloseForm) else CloseForm(),
        "phone_form": form if isinstance(form, PhoneForm) else PhoneForm(),
        "phone": phone,
    }
    status = 422 if form else 200
    return render(request, "services/staff/ratings/case.html", context, status=status)
