"""The residents' pages."""

from django.urls import include, path

from services.bookings.urls import urlpatterns as booking_pages
from services.intake.urls import urlpatterns as intake_pages
from services.reserving.urls import urlpatterns as reserving_pages
from services.resolution.urls import urlpatterns as resolution_pages
from services.tracking.urls import urlpatterns as tracking_pages

urlpatterns = [
    path("", include("services.home.urls")),
    path("", include("services.hours.urls")),
    path("", include("services.catalogue.urls")),
    path("", include(([*reserving_pages, *booking_pages], "bookings"))),
    path("", include("services.changes.urls")),
    path("", include("services.standing.urls")),
    path("", include("services.attendance.urls")),
    path("", include("services.household.urls")),
    path("", include("services.waitlist.urls")),
    path("", include("services.ratings.urls")),
    # In this order: "new" is not the number of a need.
    path("", include(([*intake_pages, *tracking_pages, *resolution_pages], "needs"))),
    path("", include("services.venues.urls")),
]
