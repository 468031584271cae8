"""Why a return to the national system is not made or changed."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotYourReturnError(RuleError):
    code = "not_your_return"
    message = _("You do not manage this centre. Please ask its manager.")
    status = HTTPStatus.FORBIDDEN


class NothingToSendError(RuleError):
    code = "nothing_to_send"
    message = _("Every approved record has been taken into a batch already.")


class NoSuchStepError(RuleError):
    code = "no_such_step"
    message = _("These records have moved on meanwhile. The page shows them as they are now.")


class AnswerUnreadableError(RuleError):
    code = "answer_unreadable"
    message = _(
        "This file cannot be read. It needs the columns 序号 (or number) and 结果 (or result) with "
        "成功 or 失败. Nothing was changed."
    )
    status = HTTPStatus.BAD_REQUEST


class AnswerLineError(RuleError):
    code = "answer_line"
    message = _("Line %(line)s cannot be read. Nothing was changed; please correct the file.")
    status = HTTPStatus.BAD_REQUEST
