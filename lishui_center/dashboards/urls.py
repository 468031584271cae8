from django.urls import path

from lishui_center.dashboards.today import views

app_name = "dashboards"

urlpatterns = [path("", views.home, name="staff")]
