from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lishui_center.demo"
