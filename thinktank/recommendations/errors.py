"""Why a recommendation, its answer or what followed is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotPublishedError(RuleError):
    code = "not_published"
    message = _("Recommendations follow from a published report. Please wait until it is public.")


class AnsweredAlreadyError(RuleError):
    code = "answered_already"
    message = _("This was answered already. The page shows the answer.")


class AnswerEmptyError(RuleError):
    code = "answer_empty"
    message = _("Please write what will be done, or why nothing is.")
    status = HTTPStatus.BAD_REQUEST


class PlannedDayError(RuleError):
    code = "planned_day"
    message = _("An answer “Planned” needs a day from today on; the others take none.")
    status = HTTPStatus.BAD_REQUEST


class NotAnsweredError(RuleError):
    code = "not_answered"
    message = _("There is no answer yet. Please come back once there is.")


class RatedAlreadyError(RuleError):
    code = "answer_rated_already"
    message = _("You have rated this answer already.")


class NotTakenUpError(RuleError):
    code = "not_taken_up"
    message = _("This recommendation was not taken up, so nothing follows from it.")


class ReferenceUnknownError(RuleError):
    code = "reference_unknown"
    message = _("Nothing has this number or code. Please look it up, or leave the field empty.")
    status = HTTPStatus.BAD_REQUEST


class PlaceMissingError(RuleError):
    code = "place_missing"
    message = _("Please choose a project whose plan you may add to: one of your own centre.")
    status = HTTPStatus.BAD_REQUEST


class VerifiedAlreadyError(RuleError):
    code = "verified_already"
    message = _("Somebody has checked this already. The page shows what they found.")


class OwnInterestError(RuleError):
    code = "own_interest"
    message = _("You declared an interest here, so somebody else checks it.")
    status = HTTPStatus.FORBIDDEN


class OwnerVerifiesError(RuleError):
    code = "owner_verifies"
    message = _("Whoever was to act does not check the effect. Please leave it to somebody else.")
    status = HTTPStatus.FORBIDDEN


class NoChangeError(RuleError):
    code = "no_change"
    message = _("The figure is the same before and after, so there was no effect.")
    status = HTTPStatus.BAD_REQUEST


class ActionSettledError(RuleError):
    code = "action_settled"
    message = _("This step is settled already. The page shows it as it is now.")


class NotTheAuthorError(RuleError):
    code = "not_the_author"
    message = _("Only the member who recommended this can do that.")
    status = HTTPStatus.FORBIDDEN
