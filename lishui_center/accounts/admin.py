"""Accounts in Django admin: to look up, and to lock; everything else has its own page."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.audit.admin import AuditedAdmin

admin.site.unregister(Group)  # Rights come from role grants alone.
# Whole addresses, and second factors to add or remove for others, without a trace in the audit.
admin.site.unregister([Authenticator, EmailAddress])


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """Masked people; whether they may sign in is all that can be changed."""

    list_display = (
        "pk",
        "masked_name",
        "language",
        "is_active",
        "is_demo",
        "joined_at",
    )
    list_filter = ("is_active", "is_demo", "language")
    search_fields = ("=pk",)
    ordering = ("-pk",)
    fields = (
        "masked_name",
        "language",
        "is_active",
        "is_demo",
        "joined_at",
        "last_login",
    )
    readonly_fields = ("masked_name", "language", "is_demo", "joined_at", "last_login")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """People open their accounts themselves."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        """An account is closed by its owner, then erased; its row stays."""
        return False


@admin.register(RoleGrant)
class RoleGrantAdmin(AuditedAdmin):
    """The whole history of roles, to read; roles are given on the staff's own page."""

    list_display = (
        "user",
        "role",
        "scope",
        "scope_id",
        "valid_from",
        "valid_to",
        "revoked_at",
    )
    list_filter = ("role", "scope")
    list_select_related = ("user",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """See the class."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: RoleGrant | None = None) -> bool:
        """See the class."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: RoleGrant | None = None) -> bool:
        """See the class."""
        return False
