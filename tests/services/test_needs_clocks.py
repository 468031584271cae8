"""Deadlines on the centre's own working time."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import ZONE, moment, today
from lishui_center.notifications.models import Notification
from services.clocks.models import SlaClock, SlaPolicy
from services.clocks.rules import DAY, Calendar, advance, elapsed
from services.dispatching.chasing import chase_clocks
from services.hours.models import DayPlan
from services.requests.models import Category, ServiceRequest
from services.requests.rules import Act
from services.tracking.answers import answer_question
from tests.factories.needs import Desk, report
from tests.factories.services import NOW, CentreFactory, PoolFactory, open_day

FIRST = date(2026, 9, 21)
# Mid-autumn and National Day with their make-up workday, evenings, a break at noon.
SPANS = [(), ((36, 84),), ((34, 48), (56, 70)), ((34, 48), (56, 70), (76, 84))]
calendars = st.lists(st.sampled_from(SPANS), min_size=1, max_size=25).map(
    lambda days: Calendar({FIRST + timedelta(days=n): spans for n, spans in enumerate(days)})
)
moments = st.integers(0, 60 * 24 * 40).map(
    lambda minutes: datetime.combine(FIRST, time(), ZONE) + timedelta(minutes=minutes)
)
spells = st.integers(0, 20 * DAY)


@given(calendars, moments, moments, moments)
def test_time_never_runs_backwards_and_adds_up(calendar, one, two, three):
    a, b, c = sorted((one, two, three))

    assert elapsed(calendar, b, a) == 0
    assert elapsed(calendar, a, b) >= 0
    assert elapsed(calendar, a, c) == elapsed(calendar, a, b) + elapsed(calendar, b, c)


@given(calendars, moments, spells, spells)
def test_a_longer_spell_is_never_due_earlier(calendar, start, short, long):
    short, long = sorted((short, long))

    assert start <= advance(calendar, start, short) <= advance(calendar, start, long)


@given(calendars, moments, moments, spells)
def test_who_comes_later_is_never_due_earlier(calendar, one, two, ticks):
    first, second = sorted((one, two))

    assert advance(calendar, first, ticks) <= advance(calendar, second, ticks)


@given(calendars, moments, moments, moments, spells)
def test_a_pause_takes_nothing_and_gives_nothing(calendar, one, two, three, ticks):
    start, paused, resumed = sorted((one, two, three))
    used = elapsed(calendar, start, paused)
    pause = elapsed(calendar, paused, resumed)

    due = advance(calendar, start, ticks + pause)

    if used < ticks:
        assert elapsed(calendar, start, due) >= ticks + pause
        left = elapsed(calendar, resumed, due)
        assert abs(left - (ticks - used)) <= 3  # the seconds to which a moment is kept


def test_counts_days_on_which_the_centre_opens():
    weekend_open = Calendar({date(2026, 11, 28): ((36, 84),), date(2026, 11, 29): ()})
    evening = moment(date(2026, 11, 27), 68)  # Friday at 17:00, when its usual day ends

    assert advance(weekend_open, evening, DAY) == moment(date(2026, 11, 28), 84)
    assert advance(weekend_open, evening, 2 * DAY) == moment(date(2026, 11, 30), 68)


@pytest.fixture
def pool(db):
    pool = PoolFactory(centre=CentreFactory())
    for n in range(40):
        open_day(pool, today(NOW) + timedelta(days=n))
    return pool


def test_promises_five_and_fifteen_days_on_the_centres_calendar(pool):
    DayPlan.objects.filter(date=date(2026, 11, 27)).update(spans=[])

    need = report(pool.centre).request

    due = dict(need.clocks.values_list("kind", "due_at"))
    # Wednesday at 10:00, one of the days closed: the sixth day at 10:00.
    assert due["first_response"] == moment(date(2026, 12, 1), 40)
    assert due["resolution"] == moment(date(2026, 12, 11), 40)


def test_a_new_policy_leaves_what_was_promised(pool):
    before = report(pool.centre, phone="").request
    SlaPolicy.objects.create(
        category=Category.PARKING,
        version=1,
        first_response_days=2,
        resolution_days=3,
        created_at=NOW,
    )

    after = report(pool.centre, phone="").request

    assert set(before.clocks.values_list("policy_version", "days")) == {(0, 5), (0, 15)}
    assert set(after.clocks.values_list("policy_version", "days")) == {(1, 2), (1, 3)}


@pytest.mark.django_db
def test_waiting_for_the_person_moves_the_deadline_by_as_much(pool):
    desk = Desk()
    need = desk.need_in("waiting_resident")
    before = need.clocks.get(kind="resolution").due_at
    answer_question(follower=need.followers.get(), text="在桥边", now=NOW + timedelta(days=2))

    assert need.clocks.get(kind="resolution").due_at == before + timedelta(days=2)


@pytest.mark.django_db
def test_warns_breaches_and_chases_up_each_once(pool):
    desk = Desk()
    need = report(desk.town, phone="").request
    told = []
    for days in (3, 4.1, 5, 5.1, 6.2, 6.3):
        chase_clocks(now=NOW + timedelta(days=days))
        chase_clocks(now=NOW + timedelta(days=days))
        told.append(
            sorted(set(Notification.objects.filter(user=desk.clerk).values_list("kind", flat=True)))
        )

    assert told[0] == []
    assert told[1] == ["need_due_soon"]
    assert told[3] == ["need_due_soon", "need_overdue"]
    assert told[5] == ["need_due_soon", "need_overdue", "need_supervised"]
    assert Notification.objects.filter(user=desk.clerk).count() == 3
    need.refresh_from_db()
    assert need.is_supervised
    assert need.events.filter(act=Act.ESCALATE).count() == 1


@pytest.mark.django_db
def test_no_warning_once_it_is_answered_or_stands_still(pool):
    desk = Desk()
    desk.need_in("waiting_resident")

    chase_clocks(now=NOW + timedelta(days=60))

    kinds = Notification.objects.values_list("kind", flat=True)
    assert not {"need_due_soon", "need_overdue", "need_supervised"} & set(kinds)
    assert not SlaClock.objects.running().exists()
    assert not ServiceRequest.objects.filter(is_supervised=True).exists()
