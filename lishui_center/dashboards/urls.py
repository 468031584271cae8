from django.urls import path

from lishui_center.dashboards.reports import views as reports
from lishui_center.dashboards.today import views as today

app_name = "dashboards"

urlpatterns = [
    path("", today.home, name="staff"),
    path("reports/", reports.reports, name="reports"),
]
