"""Django admin, for the rare settings: open to town administrators with two factors."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lishui_center.accounts.access import staff_obstacle
from lishui_center.accounts.rules import Role

ADMINS = frozenset({Role.TOWN_ADMIN})


class StaffAdminSite(AdminSite):
    """Has no sign-in form of its own: there is one door for staff."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may be here at all."""
        try:
            return staff_obstacle(request, ADMINS) is None
        except Http404:
            return False

    def login(
        self, request: HttpRequest, _extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send the person to what is missing, or in."""
        obstacle = staff_obstacle(request, ADMINS)
        return obstacle or redirect("admin:index")  # type: ignore[return-value]  # both redirect
