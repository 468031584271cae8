"""Why a photo is not taken, in words for the person who took it."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class PhotoRefusedError(RuleError):
    """The base: what stands here is said for whatever cannot be read."""

    code = "photo_unreadable"
    message = _("This file could not be read as a photo. Please take another one.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PhotoTooLargeError(PhotoRefusedError):
    code = "photo_too_large"
    message = _("This photo is too large. Please choose one below 25 MB and 60 megapixels.")
