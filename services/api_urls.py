"""The services' part of the public API."""

from django.urls import path

from services.bookings.api import bookings
from services.bookings.phone_api import phone_codes
from services.catalogue.api import ServiceItemList
from services.changes.api import booking
from services.hours.api import CentreList
from services.intake.api import requests
from services.slots.api import availability
from services.tracking.api import request_by_token
from services.venues.api import VenueList

urlpatterns = [
    path("centres/", CentreList.as_view(), name="api-centres"),
    path("service-items/", ServiceItemList.as_view(), name="api-service-items"),
    path("availability/", availability, name="api-availability"),
    path("venues/", VenueList.as_view(), name="api-venues"),
    path("phone-codes/", phone_codes, name="api-phone-codes"),
    path("bookings/", bookings, name="api-bookings"),
    path("bookings/<str:reference>/", booking, name="api-booking"),
    path("requests/", requests, name="api-requests"),
    path("requests/<str:reference>/", request_by_token, name="api-request"),
]
