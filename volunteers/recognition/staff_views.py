"""Stars for those who decide on them, and the desk where visitors object."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.recognition.access import (
    awards_managed_by,
    get_award_on_notice,
    get_award_to_manage,
    minutes_of,
)
from volunteers.recognition.actions import announce_stars, award_star, decline_star, revoke_star
from volunteers.recognition.forms import StateForm, WordsForm
from volunteers.recognition.models import StarAward
from volunteers.recognition.objecting import object_to_star, settle_objection

PAGE_SIZE = 50
ACTS = {"decline": decline_star, "revoke": revoke_star}


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def stars(request: SignedInRequest) -> HttpResponse:
    """The stars of one's volunteers; the ticked ones are announced together."""
    now = timezone.now()
    if request.method == "POST":
        ticked = [int(key) for key in request.POST.getlist("award")[:PAGE_SIZE] if key.isdecimal()]
        _say(request, *announce_stars(award_ids=ticked, by=request.user, now=now))
        return redirect("volunteer-staff:stars")
    form = StateForm(request.GET)
    found = awards_managed_by(request.user, today(now))
    if state := form.wanted():
        found = found.in_state(state)
    page = Paginator(found.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "today": today(now)}
    return render(request, "volunteers/staff/stars.html", context)


@staff_required(roles=MANAGER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def star(request: SignedInRequest, pk: int) -> HttpResponse:
    """One star: its hours today, the objections, and what can be decided."""
    award = get_award_to_manage(request.user, pk, today(timezone.now()))
    if request.method == "POST":
        return _decide(request, award)
    return _star_page(request, award)


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_objection(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what a visitor has against a star that is announced."""
    award = get_award_on_notice(pk)
    form = WordsForm(request.POST or None, label=_("What the visitor says"))
    if form.is_valid():
        text, now = form.cleaned_data["text"], timezone.now()
        try:
            object_to_star(award_id=pk, by=request.user, text=text, now=now, at_desk=True)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. A manager who is not you looks into it."))
            return redirect("volunteers:notices")
    context = {"award": award, "form": form, "back_url": reverse("volunteers:notices")}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/staff/objection.html", context, status=status)


def _decide(request: SignedInRequest, award: StarAward) -> HttpResponse:
    form = WordsForm(request.POST)
    act = _act(request, award, form)
    if act is None:
        return _star_page(request, award, form)
    try:
        act()
    except RuleError as refusal:
        form.errors.clear()
        form.add_error(None, str(refusal))
        return _star_page(request, award, form)
    messages.success(request, _("Saved. Those concerned are told."))
    return redirect("volunteer-staff:star", award.pk)


def _act(
    request: SignedInRequest, award: StarAward, form: WordsForm
) -> Callable[[], object] | None:
    """What the pressed button does; None where words are wanted and missing."""
    name, now, by = request.POST.get("act", ""), timezone.now(), request.user
    if name == "award":
        return lambda: award_star(award_id=award.pk, by=by, now=now)
    if not form.is_valid():
        return None
    text = form.cleaned_data["text"]
    if decide := ACTS.get(name):
        return lambda: decide(award_id=award.pk, by=by, reason=text, now=now)
    objection = award.objections.open().filter(pk=_number(request.POST.get("objection"))).first()
    if objection is None:
        return None
    return lambda: settle_objection(
        objection_id=objection.pk, by=by, upheld=name == "uphold", answer=text, now=now
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < len(str(2**63)) else 0


def _star_page(
    request: SignedInRequest, award: StarAward, form: WordsForm | None = None
) -> HttpResponse:
    day = today(timezone.now())
    objections = list(award.objections.select_related("raised_by", "settled_by"))
    context = {
        "award": award,
        "minutes": minutes_of(award),
        "objections": objections,
        "open_objections": sum(each.settled_at is None for each in objections),
        "form": form or WordsForm(),
        "is_own": award.volunteer_id == request.user.pk,
        "is_proposer": award.proposed_by_id == request.user.pk,
        "is_over": award.notice_until is not None and award.notice_until < day,
    }
    status = 422 if form else 200
    return render(request, "volunteers/staff/star.html", context, status=status)


def _say(request: SignedInRequest, announced: int, left: int) -> None:
    if announced:
        words = ngettext("%(number)s star announced.", "%(number)s stars announced.", announced)
        messages.success(request, words % {"number": announced})
    if left:
        words = ngettext(
            "%(number)s was left as it was: not yours to decide, or the hours are not enough.",
            "%(number)s were left as they were: not yours to decide, or the hours are not enough.",
            left,
        )
        messages.warning(request, words % {"number": left})
    if not announced and not left:
        messages.info(request, _("Nothing was ticked."))
