"""Why a term, or what only a member in office may do, is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class TermTurnedError(RuleError):
    code = "term_ends_before_start"
    message = _("The last day cannot come before the first.")
    status = HTTPStatus.BAD_REQUEST


class TermTooLongError(RuleError):
    code = "term_too_long"
    message = _("A letter engages for at most five years. Please choose an earlier last day.")
    status = HTTPStatus.BAD_REQUEST


class TermOverlapError(RuleError):
    code = "term_overlap"
    message = _(
        "This member is engaged on %(day)s already, by letter %(letter)s. Please choose other days."
    )


class LetterNumberTakenError(RuleError):
    code = "letter_number_taken"
    message = _("Another letter has this number. Please give the next one.")


class NotDraftError(RuleError):
    code = "not_draft"
    message = _("This letter was issued already. The page shows it as it is now.")


class NotInForceError(RuleError):
    code = "not_in_force"
    message = _("This term is not in force any more. The page shows it as it is now.")


class ReasonMissingError(RuleError):
    code = "reason_missing"
    message = _("Please give a reason; it is kept with the record.")
    status = HTTPStatus.BAD_REQUEST


class TermEndedError(RuleError):
    code = "term_ended"
    message = _(
        "Only members whose term is running can do this. Please ask the town's administrator."
    )
    status = HTTPStatus.FORBIDDEN
