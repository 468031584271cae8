"""The window console: one page, kept up to date, every act one key."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from services.centres.access import centres_staffed_by
from services.centres.models import Window
from services.console.actions import begin, call_next, call_ticket, miss, recall
from services.console.errors import NobodyWaitsError, NoWindowError
from services.console.forms import PauseForm, SeenForm, TransferForm, outcomes_in
from services.console.items import add_item, drop_item, give_notice
from services.console.outcomes import (
    finish,
    finish_and_call,
    put_on_hold,
    transfer,
    undo,
)
from services.console.screen import console_of
from services.console.sitting import close_window, open_window, pause_window, resume_window
from services.halls.access import hall_state
from services.tickets.access import get_ticket_for_staff
from services.windows.access import session_of
from services.windows.models import PauseReason, WindowSession

PAGE = "services/console/console.html"
KEY_DIGITS = 15
"""More than any key of ours has, and fewer than SQLite can no longer hold."""


@staff_required(roles=STAFF_ROLES)
@require_safe
def console(request: SignedInRequest) -> HttpResponse:
    """The clerk's window, or the choice of one; 204 while nothing changed since `seen`."""
    session = session_of(request.user)
    if session is None:
        return _choose(request)
    seen = request.GET.get("seen", "")
    if seen and seen == hall_state(session.window.centre_id, timezone.now()):
        return HttpResponse(status=204)
    return _screen(request, session)


@staff_required(roles=STAFF_ROLES)
@require_POST
def sit_down(request: SignedInRequest) -> HttpResponse:
    """Open a window of a centre where the person works."""
    now = timezone.now()
    centres = centres_staffed_by(request.user, today(now))
    window = get_object_or_404(
        Window, centre__in=centres, pk=request.POST.get("window", "") or None
    )
    return _done(request, lambda: open_window(window=window, clerk=request.user, now=now))


@staff_required(roles=STAFF_ROLES)
@require_POST
def notice(request: SignedInRequest) -> HttpResponse:
    """Keep what is missing so far, and show the list to hand over."""
    try:
        ticket = give_notice(
            clerk=request.user,
            seen=SeenForm(request.POST).seen(),
            outcomes=outcomes_in(request.POST),
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("staff:console")
    return redirect("staff:notice", ticket.pk)


@staff_required(roles=STAFF_ROLES)
@require_POST
def act(request: SignedInRequest, name: str) -> HttpResponse:
    """One step of the clerk; then the page as it is now."""
    return _done(request, lambda: ACTS[name](request))


def _call(request: SignedInRequest) -> None:
    call_next(clerk=request.user, now=timezone.now())


def _call_one(request: SignedInRequest) -> None:
    now = timezone.now()
    ticket = get_ticket_for_staff(request.user, _number(request, "number"), now)
    call_ticket(clerk=request.user, ticket_id=ticket.pk, now=now)


def _next(request: SignedInRequest) -> None:
    called = finish_and_call(
        clerk=request.user,
        now=timezone.now(),
        seen=SeenForm(request.POST).seen(),
        outcomes=outcomes_in(request.POST),
    )
    if called is None:
        messages.success(request, str(NobodyWaitsError()))


def _finish(request: SignedInRequest) -> None:
    finish(
        clerk=request.user,
        now=timezone.now(),
        seen=SeenForm(request.POST).seen(),
        outcomes=outcomes_in(request.POST),
    )


def _add_item(request: SignedInRequest) -> None:
    add_item(
        clerk=request.user,
        seen=SeenForm(request.POST).seen(),
        item_id=_number(request, "item"),
    )


def _drop_item(request: SignedInRequest) -> None:
    drop_item(
        clerk=request.user,
        seen=SeenForm(request.POST).seen(),
        item_id=_number(request, "drop"),
    )


def _transfer(request: SignedInRequest) -> None:
    session = session_of(request.user)
    if session is None:
        raise NoWindowError
    form = TransferForm(request.POST, session=session)
    if not form.is_valid():
        messages.error(request, _("Please choose where to send the person."))
        return
    seen = SeenForm(request.POST).seen()
    pool, window = form.chosen()
    transfer(clerk=request.user, now=timezone.now(), seen=seen, pool=pool, window=window)


def _pause(request: SignedInRequest) -> None:
    now = timezone.now()
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a reason for the pause."))
        return
    minutes = form.cleaned_data["minutes"]
    pause_window(
        clerk=request.user,
        reason=PauseReason(form.cleaned_data["reason"]),
        now=now,
        back_at=now + timedelta(minutes=minutes) if minutes else None,
    )


def _undo(request: SignedInRequest) -> None:
    undo(clerk=request.user, now=timezone.now(), step_id=_number(request, "step"))


def _number(request: SignedInRequest, name: str) -> int:
    """The key that was sent, or 0, which is nobody's."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) <= KEY_DIGITS else 0


def _simple(action: Callable[..., object]) -> Callable[[SignedInRequest], None]:
    """An act that needs only who was at the window."""

    def run(request: SignedInRequest) -> None:
        action(clerk=request.user, now=timezone.now(), seen=SeenForm(request.POST).seen())

    return run


ACTS: dict[str, Callable[[SignedInRequest], object]] = {
    "call": _call,
    "call-one": _call_one,
    "next": _next,
    "finish": _finish,
    "add-item": _add_item,
    "drop-item": _drop_item,
    "transfer": _transfer,
    "pause": _pause,
    "recall": _simple(recall),
    "begin": _simple(begin),
    "miss": _simple(miss),
    "hold": _simple(put_on_hold),
    "undo": _undo,
    "resume": lambda request: resume_window(clerk=request.user),
    "close": lambda request: close_window(clerk=request.user, now=timezone.now()),
}


def _done(request: SignedInRequest, work: Callable[[], object]) -> HttpResponse:
    """The console after the work, or with the reason why not."""
    refusal = ""
    try:
        work()
    except RuleError as error:
        refusal = str(error)
    session = session_of(request.user)
    if getattr(request, "htmx", False) and session:
        return _screen(request, session, refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    return htmx.redirect(request, "staff:console")


def _screen(request: SignedInRequest, session: WindowSession, *, refusal: str = "") -> HttpResponse:
    shown = console_of(session, now=timezone.now(), said=outcomes_in(request.POST))
    context = {
        "console": shown,
        "session": session,
        "window": session.window,
        "refusal": refusal,
        "now": timezone.now(),
        "pause_form": PauseForm(),
        "transfer_form": TransferForm(session=session) if shown.present else None,
    }
    return htmx.render(request, PAGE, part="screen", context=context)


def _choose(request: SignedInRequest) -> HttpResponse:
    day = today(timezone.now())
    centres = list(centres_staffed_by(request.user, day))
    code = request.GET.get("centre", "")
    centre = next((centre for centre in centres if centre.code == code), None)
    if centre is None and len(centres) == 1:
        centre = centres[0]
    windows = Window.objects.filter(centre=centre).select_related("pool") if centre else []
    taken = {
        running.window_id: running
        for running in WindowSession.objects.running().for_page().filter(window__in=windows)
    }
    context = {
        "centres": centres,
        "centre": centre,
        "windows": [(window, taken.get(window.pk)) for window in windows],
    }
    return htmx.render(request, "services/console/choose.html", part="choice", context=context)
