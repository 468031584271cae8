"""A centre open from 9:00 to 21:00 whose windows want people."""

from datetime import date, datetime, time

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import cell_of
from services.centres.models import Centre, Window
from services.roster.actions import Duty, plan_shift
from services.roster.leaves import ask_leave, decide_leave
from services.roster.models import Leave, LeaveKind, RosterPolicy, Shift
from services.roster.rules import Hours
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW, weekly_offering
from tests.factories.services import NOW, WindowFactory


def open_windows(number: int = 1, *, front_desk: bool = False, **fields: object) -> list[Window]:
    """So many windows of one pool, open every day; all but one take bookings."""
    lanes = {"lanes_total": number, "lanes_online": number * 60 // 100}
    pool = weekly_offering(**lanes, **fields).pool
    RosterPolicy.objects.update_or_create(centre=pool.centre, defaults={"front_desk": front_desk})
    return [WindowFactory(pool=pool, number=n + 1) for n in range(number)]


def manager_at(centre: Centre, **user: object) -> User:
    """Who plans the centre's roster."""
    return staff_at(centre.pk, role=Role.CENTRE_MANAGER, **user)


def hours(first: str = "09:00", end: str = "21:00", rest: tuple[str, str] | None = None) -> Hours:
    """The whole day unless told."""
    pause = (_cell(rest[0]), _cell(rest[1])) if rest else None
    return Hours(_cell(first), _cell(end), pause)


def planned(
    window: Window | None,
    staff: User | None = None,
    times: Hours | None = None,
    *,
    day: date = TOMORROW,
    centre: Centre | None = None,
    now: datetime = NOW,
) -> Shift:
    """A shift by the real action, tomorrow unless told; without a window at the front desk."""
    at = centre or window.centre
    duty = Duty(staff or staff_at(at.pk), window, day, times or hours())
    return plan_shift(centre=at, duty=duty, by=UserFactory(), now=now)


def asked_leave(
    staff: User,
    centre: Centre,
    *,
    first: date = TOMORROW,
    last: date | None = None,
    now: datetime = NOW,
) -> Leave:
    """A leave waiting for its decision, tomorrow unless told."""
    return ask_leave(
        centre=centre, staff=staff, days=(first, last or first), kind=LeaveKind.ANNUAL, now=now
    )


def granted_leave(staff: User, centre: Centre, **fields: object) -> Leave:
    """The same, granted by somebody else."""
    now = fields.get("now", NOW)
    leave = asked_leave(staff, centre, **fields)
    return decide_leave(leave_id=leave.pk, granted=True, note="", by=UserFactory(), now=now)


def _cell(text: str) -> int:
    return cell_of(time.fromisoformat(text))
