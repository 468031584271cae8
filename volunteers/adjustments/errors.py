"""Why a correction is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotApprovedError(RuleError):
    code = "not_approved"
    message = _("Only an approved record is corrected. Others can still be decided on.")


class VoidAlreadyError(RuleError):
    code = "void"
    message = _("Nothing stands of this record any more. Please enter a new one.")


class CorrectionOpenError(RuleError):
    code = "correction_open"
    message = _("A correction of this record waits for a second person already.")


class NothingChangesError(RuleError):
    code = "nothing_changes"
    message = _("That is what stands already. Please give the minutes that are right.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class BeyondRecordError(RuleError):
    code = "beyond_record"
    message = _("A record holds from 0 minutes to 12 hours.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ProposedByYouError(RuleError):
    code = "proposed_by_you"
    message = _("You proposed this correction yourself. Somebody else confirms it.")
    status = HTTPStatus.FORBIDDEN
