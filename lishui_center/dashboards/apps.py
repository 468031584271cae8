from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "lishui_center.dashboards"
