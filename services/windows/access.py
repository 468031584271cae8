"""The window a clerk sits at."""

from lishui_center.accounts.models import User
from services.windows.models import WindowSession


def session_of(clerk: User) -> WindowSession | None:
    """Where the clerk sits now; None before opening a window."""
    return WindowSession.objects.running().for_page().filter(clerk=clerk).first()
