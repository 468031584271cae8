"""Why a rating or a note on it is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class RatedAlreadyError(RuleError):
    code = "rated_already"
    message = _("You have rated this visit already. Thank you.")


class VisitNotOverError(RuleError):
    code = "visit_not_over"
    message = _("A visit can be rated once it is over. Please come back then.")


class RatingTooLateError(RuleError):
    code = "rating_too_late"
    message = _("A visit can be rated for 7 days. You can always phone the centre.")


class OwnServiceError(RuleError):
    code = "own_service"
    message = _("You served at this visit. Please leave the decision to a colleague.")
    status = 403


class FollowUpClosedError(RuleError):
    code = "follow_up_closed"
    message = _("This case is closed. Please look again.")


class StepBackError(RuleError):
    code = "step_back"
    message = _("A case only moves on. Please choose its present state or a later one.")


class NotVerifiedError(RuleError):
    code = "not_verified"
    message = _("Please find out what happened first, and note it.")


class CallBackMissingError(RuleError):
    code = "call_back_missing"
    message = _("Please call the person back first, and say what came of it.")
    status = 400


class NoteEmptyError(RuleError):
    code = "note_empty"
    message = _("Please write what you found or did.")
    status = 400
