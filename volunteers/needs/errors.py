"""Why a need and a project are not linked, or not parted."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotYourNeedError(RuleError):
    code = "not_your_need"
    message = _("This need is with other people. Please ask its centre.")
    status = HTTPStatus.FORBIDDEN


class ProjectClosedError(RuleError):
    code = "project_closed"
    message = _("This project takes up no needs now. Please choose one that is approved.")


class ProjectElsewhereError(RuleError):
    code = "project_elsewhere"
    message = _("This project belongs to another place. Please choose one of the need's centre.")


class NeedOverError(RuleError):
    code = "need_over"
    message = _("This need is over. Please link an open one.")


class LinkedAlreadyError(RuleError):
    code = "linked_already"
    message = _("The project takes this need up already.")


class ProjectHasItError(RuleError):
    code = "project_has_it"
    message = _("The need was made into this project, so the link stays until it is solved.")
