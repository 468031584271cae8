"""Whose needs' chains a person sees."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from services.requests.access import needs_seen_by
from services.requests.models import ServiceRequest


def get_need_for_chain(user: User, reference: str, day: date) -> ServiceRequest:
    """The need, or 404: staff of its centre and of those who have it, the town, the auditor."""
    if not reference.isalnum():  # no database takes a NUL
        raise Http404
    here = ServiceRequest.objects.filter(staffed_centres(user, day))
    found = here | needs_seen_by(user, day)
    return get_object_or_404(found.for_page(), reference=reference.upper())
