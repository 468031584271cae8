"""Why a choice of services cannot be booked together or here."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class CentreUnknownError(RuleError):
    code = "centre_unknown"
    message = _("We do not know this centre. Please choose one from the list.")
    status = 404


class ItemsMissingError(RuleError):
    code = "items_missing"
    message = _("Please choose at least one service.")
    status = 400


class ItemNotOfferedError(RuleError):
    code = "item_not_offered"
    message = _("This centre does not handle %(items)s. Please choose another centre or service.")
    status = 400


class ItemWalkInOnlyError(RuleError):
    code = "item_walk_in_only"
    message = _("%(items)s needs no booking: please come to the centre and take a ticket.")
    status = 400


class ItemsApartError(RuleError):
    code = "items_apart"
    message = _("These services are handled at different windows. Please book them one by one.")
    status = 400


class VisitTooLongError(RuleError):
    code = "visit_too_long"
    message = _("Together these services take too long for one visit. Please book them apart.")
    status = 400
