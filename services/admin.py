"""The rare settings in Django admin; everyday ones have staff pages with a preview."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from lishui_center.audit.admin import AuditedAdmin
from services.centres.models import BookingPolicy, Centre
from services.hours.models import CalendarDay


class BookingPolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The rules of a centre that has none yet are stored even as they are offered."""

    def has_changed(self) -> bool:
        """Django leaves out a new row in which nothing was typed."""
        return self.instance._state.adding or super().has_changed()


class BookingPolicyInline(admin.StackedInline):  # type: ignore[type-arg]  # generic only in the stubs
    """A centre is of no use without its booking rules."""

    model = BookingPolicy
    form = BookingPolicyForm
    min_num = 1
    can_delete = False


@admin.register(Centre)
class CentreAdmin(AuditedAdmin):
    """Adding a centre, its names and address; what it opens is changed on the staff page."""

    list_display = ("code", "name_zh", "tier", "phone", "is_active")
    list_filter = ("tier", "is_active")
    search_fields = ("code", "name_zh", "name_en")
    inlines = (BookingPolicyInline,)

    def has_delete_permission(self, _request: HttpRequest, _obj: Centre | None = None) -> bool:
        """A centre is put out of use: its bookings are kept."""
        return False


@admin.register(CalendarDay)
class CalendarDayAdmin(AuditedAdmin):
    """To look through the years; changed on the staff page, which remakes the days."""

    list_display = ("date", "kind", "name_zh", "source", "verified")
    list_filter = ("kind", "verified")
    date_hierarchy = "date"

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """See the class."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """See the class."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """See the class."""
        return False
