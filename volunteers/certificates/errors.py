"""Why a certificate is not made, drawn or revoked."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NothingToCertifyError(RuleError):
    code = "nothing_to_certify"
    message = _("No hours were approved in these days. Please choose other days.")


class NoStarError(RuleError):
    code = "no_star"
    message = _("This star has not been awarded to you.")


class TooManyCertificatesError(RuleError):
    code = "too_many_certificates"
    message = _("You have made many certificates today. Please use one of these, or come tomorrow.")
    status = HTTPStatus.TOO_MANY_REQUESTS


class NotYourCertificateError(RuleError):
    code = "not_your_certificate"
    message = _("Only the managers of this volunteer's centre decide on this.")
    status = HTTPStatus.FORBIDDEN


class RevokedAlreadyError(RuleError):
    code = "revoked_already"
    message = _("This certificate has been revoked already.")


class NoFontError(RuleError):
    code = "no_font"
    message = _("The certificate cannot be drawn at the moment. Please tell your centre.")
    status = HTTPStatus.SERVICE_UNAVAILABLE
