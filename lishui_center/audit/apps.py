from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lishui_center.audit"
