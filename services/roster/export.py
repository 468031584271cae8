"""A week of the roster, one's own shifts, and the leaves to decide on, as files."""

from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.rules import MANAGER_ROLES, STAFF_ROLES
from lishui_center.common.clock import clock_text
from lishui_center.common.tables import Asked, Column, Table, Value
from services.roster.access import get_centre_to_see, leaves_to_decide, name_on_roster, shifts_of
from services.roster.models import LeaveQuerySet, Shift, ShiftQuerySet
from services.roster.week import LAST_DAY, monday_asked


def _pause(shift: Shift) -> Value:
    rest = shift.hours.rest
    return f"{clock_text(rest[0])}–{clock_text(rest[1])}" if rest else ""


TIMES = (
    Column(_("Day"), lambda shift: shift.date),
    Column(_("From"), lambda shift: clock_text(shift.from_cell)),
    Column(_("Until"), lambda shift: clock_text(shift.to_cell)),
    Column(_("Break"), _pause),
    Column(_("Centre"), lambda shift: shift.centre.short_name),
    Column(_("Place"), lambda shift: shift.place),
)

SHIFT_COLUMNS = (
    *TIMES,
    Column(_("Group of windows"), lambda shift: shift.window.pool.code if shift.window else ""),
    Column(_("Person"), lambda shift: name_on_roster(shift.staff)),
)

LEAVE_COLUMNS = (
    Column(_("Person"), lambda leave: name_on_roster(leave.staff)),
    Column(_("First day"), lambda leave: leave.first),
    Column(_("Last day"), lambda leave: leave.last),
    Column(_("Kind of leave"), lambda leave: leave.get_kind_display()),
    Column(_("Centre"), lambda leave: leave.centre.short_name),
    Column(_("State"), lambda leave: leave.get_state_display()),
    Column(_("Note"), lambda leave: leave.note),
)


def _week(asked: Asked) -> ShiftQuerySet:
    centre = get_centre_to_see(asked.user, asked.params.get("centre", ""), asked.day)
    monday = monday_asked(asked.params.get("week", ""), asked.now)
    return Shift.objects.for_list().filter(centre=centre).between(monday, monday + LAST_DAY)


def _own(asked: Asked) -> ShiftQuerySet:
    return shifts_of(asked.user, asked.day)


def _leaves(asked: Asked) -> LeaveQuerySet:
    return leaves_to_decide(asked.user, asked.day).undecided_first(asked.day)


ROSTER = Table("roster", _("Roster"), STAFF_ROLES, _week, lambda _asked: SHIFT_COLUMNS)
MY_SHIFTS = Table("my-shifts", _("My shifts"), STAFF_ROLES, _own, lambda _asked: TIMES)
LEAVES = Table("leaves", _("Leave"), MANAGER_ROLES, _leaves, lambda _asked: LEAVE_COLUMNS)
