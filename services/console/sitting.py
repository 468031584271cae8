"""Opening, pausing and closing a window."""

from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.retries import retry_on_conflict
from services.centres.models import Window
from services.console.errors import (
    AtAnotherWindowError,
    NoWindowError,
    WindowBusyError,
    WindowTakenError,
)
from services.tickets.models import Ticket
from services.tickets.steps import touch
from services.windows.access import session_of
from services.windows.models import PauseReason, WindowSession


@retry_on_conflict
@transaction.atomic
def open_window(*, window: Window, clerk: User, now: datetime) -> WindowSession:
    """Sit down at the window. Twice is fine: a second tab shows the same window.

    Raises:
        WindowTakenError, AtAnotherWindowError
    """
    mine = session_of(clerk)
    if mine:
        if mine.window_id == window.pk:
            return mine
        raise AtAnotherWindowError(number=mine.window.number)
    other = WindowSession.objects.running().for_page().filter(window=window).first()
    if other:
        raise WindowTakenError(clerk=other.clerk.display_name or str(other.clerk))
    session = WindowSession.objects.create(window=window, clerk=clerk, opened_at=now)
    record(clerk, "window.opened", window, centre_id=window.centre_id)
    touch(window.centre_id)
    return session


@transaction.atomic
def pause_window(
    *, clerk: User, reason: PauseReason, now: datetime, back_at: datetime | None = None
) -> WindowSession:
    """Call nobody for a while, and say why and until when.

    Raises:
        NoWindowError, WindowBusyError
    """
    session = _mine(clerk)
    _check_empty(session)
    session.paused_at, session.pause_reason, session.back_at = now, reason, back_at
    session.save(update_fields=["paused_at", "pause_reason", "back_at"])
    record(clerk, "window.paused", session.window, centre_id=session.window.centre_id, why=reason)
    touch(session.window.centre_id)
    return session


@transaction.atomic
def resume_window(*, clerk: User) -> WindowSession:
    """Go on calling.

    Raises:
        NoWindowError
    """
    session = _mine(clerk)
    session.paused_at, session.pause_reason, session.back_at = None, "", None
    session.save(update_fields=["paused_at", "pause_reason", "back_at"])
    record(clerk, "window.resumed", session.window, centre_id=session.window.centre_id)
    touch(session.window.centre_id)
    return session


@transaction.atomic
def close_window(*, clerk: User, now: datetime) -> WindowSession:
    """Leave the window.

    Raises:
        NoWindowError, WindowBusyError: somebody is still there.
    """
    session = _mine(clerk)
    _check_empty(session)
    session.closed_at = now
    session.save(update_fields=["closed_at"])
    record(clerk, "window.closed", session.window, centre_id=session.window.centre_id)
    touch(session.window.centre_id)
    return session


def _mine(clerk: User) -> WindowSession:
    session = session_of(clerk)
    if session is None:
        raise NoWindowError
    return session


def _check_empty(session: WindowSession) -> None:
    present = Ticket.objects.at_windows().filter(window=session.window_id).first()
    if present:
        raise WindowBusyError(number=present.text)
