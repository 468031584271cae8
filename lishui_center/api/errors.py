"""The one shape of every API error: {code, detail, fields?} and what else helps to go on."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from lishui_center.common.errors import RuleError


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: rules, validation and HTTP errors, all in the same shape."""
    if isinstance(error, RuleError):
        return Response({"code": error.code, "detail": str(error)}, status=error.status)
    if isinstance(error, RequestDataTooBig):
        too_large = {"code": "body_too_large", "detail": gettext("Please send less at once.")}
        return Response(too_large, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _body(error, response.data)
    return response


@csrf_exempt  # It does nothing, and whoever posts to a wrong address is told so in JSON.
def not_found(_request: HttpRequest) -> JsonResponse:
    """Any path below /api/ that does not exist."""
    return JsonResponse({"code": "not_found", "detail": gettext("Not found.")}, status=404)


def _body(error: Exception, data: Any) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = data if isinstance(data, dict) else {"non_field_errors": data}
        return {
            "code": "invalid",
            "detail": gettext("Please correct the marked fields."),
            "fields": fields,
        }
    if isinstance(error, Http404):
        return {"code": "not_found", "detail": gettext("Not found.")}
    if isinstance(error, PermissionDenied):
        return {"code": "permission_denied", "detail": gettext("You may not do this.")}
    code = error.get_codes() if isinstance(error, exceptions.APIException) else "error"
    return {"code": code, "detail": data.get("detail", "")}
