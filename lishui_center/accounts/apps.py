from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "lishui_center.accounts"
    default = True

    def ready(self) -> None:
        """Hear of wrong codes, which allauth tells by a signal only; offer our lists as files."""
        # Models cannot be imported before all apps are.
        from allauth.account.signals import login_code_rejected  # noqa: PLC0415

        from lishui_center.accounts.roles.export import ROLES  # noqa: PLC0415
        from lishui_center.accounts.trail.export import TRAIL  # noqa: PLC0415
        from lishui_center.common.tables import register  # noqa: PLC0415

        login_code_rejected.connect(_record_refused_code, dispatch_uid="audit-refused-code")
        register(ROLES, TRAIL)


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django admin behind our own staff sign-in."""

    default = False
    default_site = "lishui_center.accounts.admin_site.StaffAdminSite"


def _record_refused_code(*, user: Any, last_attempt: bool, **_kwargs: Any) -> None:
    from lishui_center.audit.actions import record  # noqa: PLC0415 - see above

    record(None, "account.code_refused", user, ok=False, last_attempt=last_attempt)
