"""Today: the halls at this moment, the evening, bad ratings; each to whom it is for."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.console.sitting import open_window, pause_window
from services.ratings.models import FollowUp, Score
from services.tickets.models import Ticket
from services.windows.models import PauseReason
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.hall import called, make_hall, queue_of, rated
from tests.factories.roster import hours, planned
from tests.factories.services import NOW, CommunityFactory, PoolFactory, WindowFactory, open_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
DAY = today(NOW)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at_ten(client, stop_the_clock):
    stop_the_clock(NOW)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def pool():
    return make_hall().pool


@pytest.fixture
def window(pool):
    return WindowFactory(pool=pool)


def village_of(pool):
    """A village centre with one pool, open today."""
    other = PoolFactory(centre=CommunityFactory(parent=pool.centre))
    open_day(other, DAY)
    return other


def on_duty(window, first="09:00", end="21:00", rest=None, **fields):
    """A shift today, planned yesterday."""
    at = NOW - timedelta(days=1)
    return planned(window, times=hours(first, end, rest), day=DAY, now=at, **fields)


def home(client, user, **query):
    sign_in_staff(client, user)
    answer = client.get(reverse("dashboards:staff"), query)
    assert answer.status_code == 200
    return answer


def halls(answer):
    return {day.centre.pk: day.hall for day in answer.context["page"]}


def test_counts_who_waits_and_for_how_long(client, pool):
    queue_of(pool, 2, now=NOW - 25 * MINUTE)
    called(pool, now=NOW - 25 * MINUTE)

    answer = home(client, staff_at(pool.centre_id))

    hall = halls(answer)[pool.centre_id]
    assert (hall.waiting, hall.longest) == (2, 25)
    assert f'{reverse("staff:hall")}?centre={pool.centre.code}">2<' in answer.content.decode()


def test_finds_the_window_where_the_roster_has_somebody_and_nobody_sits(client, pool, window):
    shift = on_duty(window)
    on_duty(WindowFactory(pool=pool), "14:00")

    page = home(client, staff_at(pool.centre_id))

    assert page.context["empty"] == [shift]
    assert "Windows without a person" in page.content.decode()


def test_a_window_is_not_without_a_person_during_a_pause_or_the_persons_break(client, pool, window):
    shift = on_duty(window)
    open_window(window=window, clerk=shift.staff, now=NOW)
    pause_window(clerk=shift.staff, reason=PauseReason.BREAK, now=NOW)
    on_duty(WindowFactory(pool=pool), rest=("09:45", "10:15"))

    assert home(client, staff_at(pool.centre_id)).context["empty"] == []


def test_shows_who_sits_where_in_the_evening(client, pool, window):
    late, _early = on_duty(window, "15:00"), on_duty(WindowFactory(pool=pool), "09:00", "18:00")
    desk = on_duty(None, "17:00", centre=pool.centre)

    answer = home(client, staff_at(pool.centre_id))

    assert halls(answer)[pool.centre_id].evening == [late, desk]
    page = answer.content.decode()
    assert "15:00–21:00" in page
    assert f"{reverse('staff:roster', args=[pool.centre.code])}#day-{DAY.isoformat()}" in page


def test_the_longest_wait_comes_first(client, pool):
    villages = [village_of(pool) for _ in range(2)]
    queue_of(villages[1], 1, now=NOW - 30 * MINUTE)
    queue_of(pool, 1, now=NOW - 10 * MINUTE)

    shown = home(client, town_wide(Role.TOWN_ADMIN)).context["page"]

    assert [day.centre for day in shown] == [
        villages[1].centre,
        pool.centre,
        villages[0].centre,
    ]


def test_a_clerk_sees_the_own_centre_only(client, pool, window):
    village = village_of(pool)
    on_duty(window)
    queue_of(pool, 1)

    answer = home(client, staff_at(village.centre_id))

    assert list(halls(answer)) == [village.centre_id]
    assert (answer.context["waiting"], answer.context["empty"]) == (0, [])
    assert answer.context["ratings"] is None


def test_a_manager_sees_the_cases_due_first(client, pool):
    later, sooner = (rated(Score.DISSATISFIED, pool=pool, text=text) for text in ("慢", "吵"))
    FollowUp.objects.filter(rating=later).update(due_on=DAY + timedelta(days=1))
    FollowUp.objects.filter(rating=sooner).update(due_on=DAY - timedelta(days=1))

    answer = home(client, staff_at(pool.centre_id, role=Role.CENTRE_MANAGER))

    ratings = answer.context["ratings"]
    assert (ratings.open, ratings.overdue) == (2, 1)
    assert [case.rating for case in ratings.first] == [sooner, later]
    page = answer.content.decode()
    assert reverse("staff:follow-up", args=[sooner.follow_up.pk]) in page
    assert "1 overdue" in page


def test_a_manager_sees_no_cases_of_other_centres(client, pool):
    rated(Score.DISSATISFIED, pool=pool)

    manager = staff_at(village_of(pool).centre_id, role=Role.CENTRE_MANAGER)

    assert home(client, manager).context["ratings"].open == 0


def test_the_town_is_shown_in_pages(client, pool):
    for _ in range(13):
        village_of(pool)
    admin = town_wide(Role.TOWN_ADMIN)

    assert len(home(client, admin).context["page"]) == 12
    assert len(home(client, admin, page=2).context["page"]) == 2


def test_twelve_centres_cost_what_one_costs(client, pool, window):
    admin = town_wide(Role.TOWN_ADMIN)
    fill(window)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            home(client, admin)
        return len(asked)

    queries()
    few = queries()
    for _ in range(11):
        fill(WindowFactory(pool=village_of(pool)))

    assert queries() == few


def fill(window):
    """A queue, an empty window, an evening, a bad rating."""
    rated(Score.DISSATISFIED, pool=window.pool)
    queue_of(window.pool, 2)
    on_duty(window)


def test_a_number_left_over_from_yesterday_does_not_wait(client, pool):
    queue_of(pool, 1)
    Ticket.objects.update(date=DAY - timedelta(days=1))

    assert home(client, staff_at(pool.centre_id)).context["waiting"] == 0
