"""Why a picture is not taken into a project."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class SamePhotoError(RuleError):
    code = "same_photo"
    message = _("This photo is there already. Please choose another one.")


class TakenLaterError(RuleError):
    code = "taken_later"
    message = _("A photo cannot be taken later than today. Please check the date.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
