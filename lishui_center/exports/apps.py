from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "lishui_center.exports"
