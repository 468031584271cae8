"""Saying "I will come" with one tap, by the booking's link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from services.attendance.actions import confirm_attendance
from services.bookings.access import get_booking_by_link
from services.bookings.messages import manage_path


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm, and back to the booking's page, where the button is; reading confirms nothing."""
    booking = get_booking_by_link(reference, request.GET.get("t", ""))
    if request.method == "POST":
        actor = request.user if isinstance(request.user, User) else None
        try:
            confirm_attendance(booking_id=booking.pk, now=timezone.now(), actor=actor)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. We expect you."))
    return redirect(manage_path(booking))
