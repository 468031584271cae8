"""Why the console says no."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class WindowTakenError(RuleError):
    code = "window_taken"
    message = _("%(clerk)s sits at this window. Please choose another one.")


class AtAnotherWindowError(RuleError):
    code = "at_another_window"
    message = _("You sit at window %(number)s. Please close it first.")


class NoWindowError(RuleError):
    code = "no_window"
    message = _("Please open your window first.")


class PausedError(RuleError):
    code = "paused"
    message = _("Your window is paused. Go on first, then call.")


class WindowBusyError(RuleError):
    code = "window_busy"
    message = _("%(number)s is still at this window. Please finish or transfer first.")


class NobodyWaitsError(RuleError):
    code = "nobody_waits"
    message = _("Nobody is waiting for this window.")


class NobodyHereError(RuleError):
    code = "nobody_here"
    message = _("Nobody is at this window. Please call the next person.")


class CalledOftenError(RuleError):
    code = "called_often"
    message = _("%(number)s was called three times. Please mark it as missed or finish it.")


class TargetClosedError(RuleError):
    code = "target_closed"
    message = _("Window %(number)s is closed. Please choose another one.")


class NothingToUndoError(RuleError):
    code = "nothing_to_undo"
    message = _("Only your last step can be taken back, for %(seconds)s seconds.")


class ItemElsewhereError(RuleError):
    code = "item_elsewhere"
    message = _("This window does not handle that. Please send the person to another window.")
