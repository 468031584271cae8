"""Who is on duty in the demo: the town centre and a few villages, with gaps left on purpose."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.clock import today
from lishui_center.demo.people import DOMAIN
from lishui_center.demo.places import Network
from lishui_center.demo.residents import GIVEN, SURNAMES
from services.centres.models import Centre, Window
from services.hours.models import DayPlan
from services.hours.rules import span_union
from services.roster.actions import write_cells
from services.roster.messages import remind
from services.roster.models import Leave, LeaveKind, LeaveState, RosterPolicy, Shift, SwapRequest
from services.roster.rules import Hours

DAYS_AFTER = timedelta(days=14)
DAY = timedelta(days=1)
VILLAGES = 3
TOWN_STAFF = 72
VILLAGE_STAFF = 4
LONGEST = 34  # Cells that one person works; a longer day is shared by two.
LONGEST_BREAK = 8
FIRST_LUNCH = 46
LUNCH = 2
AWAY = 3  # The last of the town's staff are never planned: they are the ones on leave.
# Left open on purpose: (days ahead, window or None for the front desk), from the afternoon on.
GAPS = {(2, 5), (4, None)}
AFTERNOON = 60


@dataclass(frozen=True)
class Team:
    """A centre with its windows, and its people in the order of their turns."""

    centre: Centre
    windows: list[Window]
    people: list[User]
    has_front_desk: bool


def make_roster(network: Network, users: dict[str, User], *, first: date, now: datetime) -> None:
    """Plan from `first` to two weeks ahead, and leave some things to decide."""
    teams = _teams(network, users, now=now)
    RosterPolicy.objects.bulk_create(
        RosterPolicy(centre=team.centre, front_desk=team.has_front_desk) for team in teams
    )
    last = today(now) + DAYS_AFTER
    shifts = Shift.objects.bulk_create(
        [shift for team in teams for shift in _shifts(team, first, last, today=today(now))],
        batch_size=500,
    )
    write_cells(shift for shift in shifts if shift.date >= today(now))
    own = {user.pk for user in users.values()}
    remind((shift for shift in shifts if shift.staff_id in own), now=now)
    _make_leaves(teams[0], decided_by=users["manager"], now=now)
    _make_swap(teams[0], shifts, now=now)


def _teams(network: Network, users: dict[str, User], *, now: datetime) -> list[Team]:
    villages = network.communities[:VILLAGES]
    clerks = [users["clerk"], *(users[f"clerk-{village.code}"] for village in villages)]
    sizes = [TOWN_STAFF, *[VILLAGE_STAFF] * VILLAGES]
    colleagues = iter(_make_colleagues(sum(sizes), joined_at=now - timedelta(days=90)))
    teams = []
    for centre, clerk, size in zip([network.town, *villages], clerks, sizes, strict=True):
        people = [clerk, *(next(colleagues) for _ in range(size))]
        windows = Window.objects.filter(centre=centre).select_related("pool").order_by("number")
        teams.append(Team(centre, list(windows), people, has_front_desk=centre == network.town))
    since = today(now) - timedelta(days=90)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=person,
            role=Role.CENTRE_STAFF,
            scope=Scope.CENTRE,
            scope_id=team.centre.pk,
            valid_from=since,
            granted_by=users["admin"],
            granted_at=now - timedelta(days=90),
        )
        for team in teams
        for person in team.people[1:]
    )
    return teams


def _make_colleagues(count: int, *, joined_at: datetime) -> list[User]:
    """People who are on the roster; nobody signs in as them."""
    given = [GIVEN[n : n + 2] for n in range(0, len(GIVEN), 2)]
    users = [
        User(
            email=f"staff-{number:03d}@{DOMAIN}",
            display_name=SURNAMES[number % len(SURNAMES)] + given[number % len(given)],
            is_demo=True,
            joined_at=joined_at,
        )
        for number in range(count)
    ]
    for user in users:
        user.set_unusable_password()
    return User.objects.bulk_create(users)


def _shifts(team: Team, first: date, last: date, *, today: date) -> Iterator[Shift]:
    """The team's duties day by day, each day beginning with somebody else."""
    plans = DayPlan.objects.filter(pool__centre=team.centre, date__range=(first, last))
    planned = team.people[:-AWAY] if team.has_front_desk else team.people
    for day, group in groupby(plans.order_by("date", "pool__code"), key=lambda plan: plan.date):
        duties = list(_duties(team, list(group)))
        begins = day.toordinal() * len(duties)
        for number, parts in enumerate(duties):
            person = planned[(begins + number) % len(planned)]
            for window, hours in parts:
                left_open = ((day - today).days, window.number if window else None) in GAPS
                if not (team.has_front_desk and left_open and hours.first >= AFTERNOON):
                    yield _shift(team.centre, person, window, day, hours)


def _duties(team: Team, plans: list[DayPlan]) -> Iterator[list[tuple[Window | None, Hours]]]:
    """What one person does that day, person after person: mostly one shift."""
    if team.has_front_desk:
        for hours in _stretches(span_union(span for plan in plans for span in plan.spans)):
            yield [(None, hours)]
    for plan in plans:
        windows = [window for window in team.windows if window.pool_id == plan.pool_id]
        wanted = max((span[3] for span in plan.spans), default=0)
        cover: list[tuple[Window | None, Hours]] = []
        for number, window in enumerate(windows[:wanted]):
            for hours in _stretches(plan.spans):
                lunch = FIRST_LUNCH + number * LUNCH
                if window.pool.code == "A" and hours.rest is None and hours.end == AFTERNOON:
                    yield [(window, Hours(hours.first, hours.end, (lunch, lunch + LUNCH)))]
                    cover.append((window, Hours(lunch, lunch + LUNCH)))
                else:
                    yield [(window, hours)]
        if cover:
            yield cover


def _stretches(spans: Iterable[Sequence[int]]) -> list[Hours]:
    """The opening as shifts: a long one is shared, two with a short break between are one."""
    found: list[Hours] = []
    for first, end, *_ in spans:
        last = found[-1] if found else None
        if last and last.rest is None and first - last.end <= LONGEST_BREAK:
            found[-1] = Hours(last.first, end, (last.end, first))
        elif end - first > LONGEST:
            middle = (first + end) // 2
            found += [Hours(first, middle), Hours(middle, end)]
        else:
            found.append(Hours(first, end))
    return found


def _shift(centre: Centre, staff: User, window: Window | None, day: date, hours: Hours) -> Shift:
    rest = hours.rest or (None, None)
    return Shift(
        centre=centre,
        staff=staff,
        window=window,
        date=day,
        from_cell=hours.first,
        to_cell=hours.end,
        break_from_cell=rest[0],
        break_to_cell=rest[1],
    )


def _make_leaves(team: Team, *, decided_by: User, now: datetime) -> None:
    """One granted, one to decide, one declined; none of these people is on the roster."""
    granted, asked, declined = team.people[-AWAY:]
    decided: dict[str, Any] = {
        "decided_by": decided_by,
        "decided_at": now - DAY,
        "asked_at": now - 2 * DAY,
    }
    day = today(now)
    leaves: list[tuple[User, int, int, LeaveKind, dict[str, Any]]] = [
        (granted, 1, 3, LeaveKind.ANNUAL, {"state": LeaveState.GRANTED, **decided}),
        (asked, 5, 6, LeaveKind.PERSONAL, {"asked_at": now - DAY}),
        (
            declined,
            7,
            9,
            LeaveKind.TIME_OFF,
            {"state": LeaveState.DECLINED, "note": "月底业务集中，请改期", **decided},
        ),
    ]
    Leave.objects.bulk_create(
        Leave(
            centre=team.centre,
            staff=person,
            first=day + first * DAY,
            last=day + last * DAY,
            kind=kind,
            **more,
        )
        for person, first, last, kind, more in leaves
    )


def _make_swap(team: Team, shifts: list[Shift], *, now: datetime) -> None:
    """A colleague asks the clerk to take a shift on a day on which the clerk is free."""
    clerk = team.people[0]
    busy = {shift.date for shift in shifts if shift.staff_id == clerk.pk}
    given = next(
        shift
        for shift in shifts
        if shift.centre_id == team.centre.pk
        and shift.date > today(now) + DAY
        and shift.date not in busy
    )
    SwapRequest.objects.create(shift=given, asked_by=given.staff, to=clerk, asked_at=now - DAY)
