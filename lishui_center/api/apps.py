from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "lishui_center.api"
