"""Admin pages whose every save is audited."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.http import HttpRequest

from lishui_center.audit.actions import record


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Records who added, changed or deleted what; the names of the changed fields, no values."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Beside Django's own log."""
        self._record(request, "admin.added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Beside Django's own log."""
        changed = [
            field
            for part in message
            if isinstance(part, dict)
            for field in part.get("changed", {}).get("fields", [])
        ]
        self._record(request, "admin.changed", obj, fields=changed)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Before the rows are gone."""
        for obj in queryset:
            self._record(request, "admin.deleted", obj)
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, action: str, obj: Model, **facts: Any) -> None:
        centre_id = getattr(obj, "centre_id", None)
        record(cast(AbstractBaseUser, request.user), action, obj, centre_id=centre_id, **facts)
