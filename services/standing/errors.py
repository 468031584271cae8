"""Why a suspension or an appeal is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class AppealTooLateError(RuleError):
    code = "appeal_too_late"
    message = _("The time to appeal ended on %(until)s. Please phone the centre.")


class AppealedAlreadyError(RuleError):
    code = "appealed_already"
    message = _("You have appealed already. We will tell you the decision.")


class AppealEmptyError(RuleError):
    code = "appeal_empty"
    message = _("Please write in a few words why you could not come.")
    status = 400


class NotPausedError(RuleError):
    code = "not_paused"
    message = _("Your online booking is not paused, so there is nothing to appeal against.")


class ReasonEmptyError(RuleError):
    code = "reason_empty"
    message = _("Please give a reason; the person gets to read it.")
    status = 400


class NotAppealedError(RuleError):
    code = "not_appealed"
    message = _("There is no open appeal here. Please look again.")


class OwnRecordError(RuleError):
    code = "own_record"
    message = _("Nobody decides on their own record. Please ask a colleague.")
    status = 403
