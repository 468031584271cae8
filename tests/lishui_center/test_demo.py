"""The demo's data: the same every time, and within every rule."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from pytest_django import DjangoDbBlocker

from lishui_center.accounts.models import User
from lishui_center.audit.models import Event
from lishui_center.common.clock import ZONE, today
from lishui_center.demo.load import load
from lishui_center.notifications.models import Notification, State
from services.bookings.models import Booking, Status
from services.catalogue.access import get_visit
from services.catalogue.models import ServiceItem
from services.centres.models import Centre, Pool, Tier, Window
from services.hours.models import DayPlan
from services.hours.rules import lanes_at
from services.requests.models import Channel, ServiceRequest
from services.roster.models import Leave, Shift, ShiftCell, SwapRequest
from services.roster.staffed import gaps_between
from services.routing.access import lines_of
from services.routing.models import Route
from services.slots.access import days_for
from services.slots.models import Claim
from tests.factories.demo import digest
from volunteers.hours.models import HourEntry, HourState
from volunteers.teams.models import MemberRole, Membership, Team, TeamState

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZONE)
SHORT = 0.1  # Six days of history.

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for all tests; test_demo_reset loads it twice and compares."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(now=NOW, scale=SHORT)
        yield
        transaction.set_rollback(True)


def test_is_the_town_with_its_centres_windows_and_items():
    tiers = dict(Centre.objects.values_list("tier").annotate(Count("pk")).order_by())

    assert tiers == {Tier.TOWN: 1, Tier.COMMUNITY: 40, Tier.STATION: 12}
    assert Window.objects.count() == 24 + 40 * 2
    assert ServiceItem.objects.count() == 40


def test_marks_what_was_invented():
    assert Centre.objects.filter(is_invented=True).count() == 12 + 4


def test_leaves_two_windows_of_five_for_walk_ins():
    pools = Pool.objects.aggregate(total=Sum("lanes_total"), online=Sum("lanes_online"))

    assert not Pool.objects.filter(lanes_online__gt=F("lanes_total") * 0.6).exists()
    assert pools["online"] > 0


def test_keeps_short_names_short_enough_for_messages():
    assert all(0 < len(item.short_name_zh) <= 6 for item in ServiceItem.objects.all())


def test_claims_every_cell_of_every_visit_to_come_and_none_else():
    claimed = Q(date__gte=today(NOW)) & ~Q(status=Status.CANCELLED)
    counted = Booking.objects.annotate(claimed=Count("claims"))

    assert not counted.filter(claimed).exclude(claimed=F("cells")).exists()
    assert not counted.exclude(claimed).filter(claimed__gt=0).exists()
    assert (
        Claim.objects.filter(
            cell__gte=F("booking__start_cell"),
            cell__lt=F("booking__start_cell") + F("booking__cells"),
            pool=F("booking__pool"),
            date=F("booking__date"),
        ).count()
        == Claim.objects.count()
    )


def test_stays_within_the_lanes_open_for_bookings():
    plans = {(plan.pool_id, plan.date): plan.spans for plan in DayPlan.objects.all()}
    claims = Claim.objects.values_list("pool_id", "date", "cell", "lane")

    assert all(lane < lanes_at(plans[pool, day], cell) for pool, day, cell, lane in claims)


def test_gives_nobody_more_than_two_visits_a_day():
    busiest = (
        Booking.objects.exclude(status=Status.CANCELLED)
        .values("person_hash", "date")
        .annotate(visits=Count("pk"))
        .order_by("-visits")
    )

    assert busiest[0]["visits"] <= 2


def test_shows_free_scarce_and_full_days():
    centres = [row.code for row in Centre.objects.filter(tier=Tier.COMMUNITY)]
    free = [
        sum(start.free for start in day.starts) / len(day.starts)
        for code in centres
        for day in days_for(
            get_visit(code, ["C02"]),
            first=today(NOW) + timedelta(days=1),
            last=today(NOW) + timedelta(days=7),
            now=NOW,
        )
        if day.starts
    ]

    assert min(free) == 0
    assert any(0 < share < 0.2 for share in free)
    assert max(free) > 0.7


def test_misses_and_cancels_at_believable_rates():
    past = Booking.objects.filter(date__lt=today(NOW))
    rate = {status: past.filter(status=status).count() / past.count() for status in Status}

    assert rate[Status.NO_SHOW] == pytest.approx(0.09, abs=0.02)
    assert rate[Status.CANCELLED] == pytest.approx(0.12, abs=0.02)
    assert not rate[Status.BOOKED]


def test_gives_the_resident_visits_at_every_stage():
    own = Booking.objects.filter(user__email="resident@demo.lishui")

    assert set(own.values_list("status", flat=True)) >= {Status.BOOKED, Status.DONE}
    assert own.exclude(name="陈小怡").exists()


def test_lets_every_role_sign_in():
    names = {
        "resident", "clerk", "manager", "admin", "volunteer", "leader", "expert", "auditor"
    }  # fmt: skip
    users = User.objects.filter(email__in={f"{name}@demo.lishui" for name in names})

    assert len(users) == len(names)
    assert all(user.check_password("lishui-demo") for user in users)
    assert User.objects.get(email="admin@demo.lishui").is_town_admin(today(NOW))


def test_fills_the_message_log_and_plans_the_residents_reminders():
    own = Notification.objects.filter(user__email="resident@demo.lishui")

    assert Notification.objects.filter(state=State.FAILED).exists()
    assert Notification.objects.filter(state=State.SENT).exclude(text="").count() > 200
    assert {message.kind for message in own} >= {"booking_confirmed", "booking_same_day"}
    assert not own.filter(state=State.DUE, due_at__lt=NOW).exists()


def test_plans_the_town_and_some_villages_with_two_gaps():
    centres = Centre.objects.filter(shifts__isnull=False).distinct()
    gaps = gaps_between(list(centres), today(NOW), today(NOW) + timedelta(days=14))

    assert centres.count() == 4
    assert [(item.centre.code, str(item.pool or "")[:1], item.gap.missing) for item in gaps] == [
        ("town", "B", 1),
        ("town", "", 1),
    ]


def test_puts_nobody_on_the_roster_twice_or_while_away():
    past = Shift.objects.filter(date__lt=today(NOW))
    cells = ShiftCell.objects.values("staff", "date", "cell")
    away = Leave.objects.granted().values("staff")

    assert past.exists()
    assert cells.distinct().count() == cells.count()
    assert not Shift.objects.filter(staff__in=away).exists()


def test_leaves_something_of_the_roster_to_decide():
    clerk = User.objects.get(email="clerk@demo.lishui")

    assert Leave.objects.asked().count() == 1
    assert SwapRequest.objects.open().get().to == clerk
    assert clerk.shifts.filter(date__gte=today(NOW)).exists()
    assert Notification.objects.filter(kind="duty_tomorrow", user=clerk).exists()


def test_is_on_the_record():
    assert Event.objects.filter(action="demo.loaded").exists()


def test_is_refused_in_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")


def test_leaves_data_alone_unless_told(settings):
    settings.DEBUG = True
    before = digest()

    with pytest.raises(CommandError, match="--reset"):
        call_command("demo")
    call_command("demo", if_empty=True)

    assert digest() == before


def test_volunteers_have_teams_and_hours_that_wait_for_a_leader():
    leader = User.objects.get(email="leader@demo.lishui")

    members = Membership.objects.open()
    assert (Team.objects.standing().count(), members.count()) == (45, 520)
    assert members.filter(role=MemberRole.LEADER).count() == 45
    assert Team.objects.exclude(state=TeamState.ACTIVE).count() == 3
    assert Membership.objects.get(user=leader).role == MemberRole.LEADER
    states = set(HourEntry.objects.values_list("state", flat=True))
    assert states >= {HourState.APPROVED, HourState.SUBMITTED, HourState.NEEDS_INFO}


def test_knows_who_usually_gets_needs_and_shows_one_rule_to_mend():
    lines = lines_of(Route.objects.for_list())

    assert all(line.name for line in lines)
    assert [line.route.centre.short_name for line in lines if line.is_broken] == ["石塘村"]


def test_names_the_team_of_every_visit():
    visits = ServiceRequest.objects.filter(channel=Channel.VISIT)

    codes = set(visits.values_list("visited_by", flat=True))
    assert codes
    assert codes <= set(Team.objects.values_list("code", flat=True))
    assert not visits.filter(entered_by=None).exists()
