from django.urls import path

from lishui_center.dashboards.loop import views as loop
from lishui_center.dashboards.reports import views as reports
from lishui_center.dashboards.today import views as today

app_name = "dashboards"

urlpatterns = [
    path("", today.home, name="staff"),
    path("loop/", loop.health, name="loop"),
    path("loop/joints/<slug:key>/", loop.joint, name="joint"),
    path("loop/<slug:reference>/", loop.chain, name="chain"),
    path("reports/", reports.reports, name="reports"),
]
