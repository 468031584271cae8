"""Why a step of a need is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NeedMovedError(RuleError):
    """Somebody else was faster, or the page is old."""

    code = "need_moved"
    message = _("This need has changed meanwhile. The page shows it as it is now.")


class ActRefusedError(RuleError):
    code = "act_refused"
    message = _("This cannot be done with the need as it stands. Please look at it again.")


class NoteMissingError(RuleError):
    code = "note_missing"
    message = _("Please say why, or what was done; the person gets to read it.")
    status = 400


class TooManyNeedsError(RuleError):
    code = "too_many_needs"
    message = _("This phone has sent %(limit)s needs today. Please phone the centre for more.")
    status = 429


class TextMissingError(RuleError):
    code = "text_missing"
    message = _("Please say in a few words what happened.")
    status = 400


class TargetUnknownError(RuleError):
    code = "target_unknown"
    message = _("There is no such unit. Please choose one of the list.")
    status = 400


class ProjectMissingError(RuleError):
    code = "project_missing"
    message = _("Please choose the project that takes it up; none is linked yet.")
    status = 400


class MergeLoopError(RuleError):
    code = "merge_loop"
    message = _("The two needs are joined already. Please choose another one.")


class MergeEndedError(RuleError):
    code = "merge_ended"
    message = _("That need was not taken up or went elsewhere. Please choose an open one.")


class OutsideMissingError(RuleError):
    code = "outside_missing"
    message = _("Please name the authority and the number it gave.")
    status = 400


class ReopenLateError(RuleError):
    code = "reopen_late"
    message = _("The 30 days to say so are over. Please report it as a new need.")


class AnsweredAlreadyError(RuleError):
    code = "answered_already"
    message = _("You have answered already. Thank you.")


class AnswerMissingError(RuleError):
    code = "answer_missing"
    message = _("Please write your answer in a few words.")
    status = 400
