from django.contrib import admin
from django.urls import include, path

from lishui_center.common.health import healthz, readyz

handler500 = "lishui_center.common.faults.broken"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", include("lishui_center.api.urls")),
    path("", include("lishui_center.common.urls")),
    path("", include("services.urls")),
    path("volunteer/", include("volunteers.urls")),
    path("projects/", include("volunteers.project_urls")),
    path("think-tank/", include("thinktank.urls")),
    path("activities/", include("volunteers.signups.urls")),
    path("results/", include("lishui_center.dashboards.results.urls")),
    path("", include("volunteers.certificates.urls")),
    path("", include("services.boards.urls")),
    path("", include("services.kiosk.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("lishui_center.accounts.urls")),
    path("account/keys/", include("lishui_center.api.tokens.urls")),
    path("", include("lishui_center.notifications.urls")),
    path("staff/messages/", include("lishui_center.dashboards.messages.urls")),
    path("staff/exports/", include("lishui_center.exports.urls")),
    path("staff/projects/", include("volunteers.projects.staff_urls")),
    path("staff/think-tank/", include("thinktank.staff_urls")),
    path("staff/activities/", include("volunteers.making.urls")),
    path("staff/hours/", include("volunteers.hours_urls")),
    path("staff/", include("services.staff_urls")),
    path("staff/", include("volunteers.staff_urls")),
    path("staff/", include("lishui_center.dashboards.urls")),
    path("django-admin/", admin.site.urls),
]
