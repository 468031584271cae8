"""The public results: every figure is the length of what its ledger holds."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.dashboards.results import access, rules, sheets
from lishui_center.dashboards.results.access import Place, Places
from lishui_center.dashboards.results.rules import Span
from services.closing.models import DayClose
from services.requests.models import RequestEvent, ServiceRequest
from services.requests.rules import Act
from services.resolution.models import RateDay
from tests.factories.accounts import UserFactory, town_wide
from tests.factories.needs import Desk
from tests.factories.projects import project_in
from tests.factories.recognition import served
from tests.factories.services import NOW, CentreFactory, CommunityFactory, PoolFactory
from tests.factories.thinktank import DAY, answered, member, published, recommended
from tests.factories.volunteers import TeamFactory
from thinktank.recommendations.models import AnswerClass, Verification
from volunteers.projects.rules import State
from volunteers.recognition.models import AwardState, StarAward

pytestmark = pytest.mark.django_db
SATURDAY = DAY - timedelta(days=(DAY.weekday() - 5) % 7)
LONG_AGO = DAY - timedelta(days=60)
LAST_YEAR = DAY.replace(year=DAY.year - 1)
PAGES = ["page", "stories", "centres", "wall"]


def closed(day, done, *, evening=0, centre=None):
    """A closed day; half of those served had a booking."""
    figures = {"tickets": {"done": done}, "bookings": {"done": done // 2}, "evening": evening}
    return DayClose.objects.create(
        centre=centre or CentreFactory(), date=day, closed_at=NOW, figures=figures
    )


def pairs():
    """{figure: (this year, last 30 days)}."""
    found = access.results(NOW)
    year, lately = found.numbers[Span.YEAR], found.numbers[Span.MONTH]
    return {name: (year[name], lately[name]) for name in year}


@pytest.fixture(autouse=True)
def _wednesday(stop_the_clock):
    stop_the_clock(NOW)


def test_counts_the_days_that_centres_closed():
    closed(SATURDAY, 20, evening=7)
    closed(SATURDAY - timedelta(days=1), 10, evening=2)
    closed(LONG_AGO, 100, evening=30)
    closed(LAST_YEAR, 1000, evening=500)
    DayClose.objects.create(centre=CommunityFactory(), date=DAY, closed_at=NOW, figures={})

    found = pairs()

    weekend = 20 + (100 if LONG_AGO.weekday() >= 5 else 0)
    assert found["numbers_served"] == (130, 30)
    assert found["bookings_served"] == (65, 15)
    assert found["numbers_in_the_evening"] == (39, 9)
    assert found["numbers_at_weekends"] == (weekend, 20)


def test_counts_needs_and_their_rates():
    desk = Desk()
    desk.need_in("submitted")
    done, again = desk.need_in("resolved_claimed"), desk.need_in("resolved_claimed")
    ServiceRequest.objects.filter(pk=again.pk).update(state="reopened")
    RequestEvent.objects.create(
        request=done, act=Act.CONFIRM, state="confirmed", at=NOW, party="resident", version=99
    )
    for day, part in ((DAY, 3), (LONG_AGO, 1), (LAST_YEAR, 4)):
        sums = {"first_due": 4, "first_in_time": part, "answered": 2, "unanswered": 2}
        RateDay.objects.create(
            date=day, centre=desk.town, category="parking", formula=1, satisfied=1, **sums
        )

    found, shares = pairs(), access.results(NOW).rates

    assert found["needs_received"] == (3, 3)
    assert (found["needs_resolved"], found["needs_confirmed"]) == ((1, 1), (1, 1))
    assert [(rate.part, rate.whole) for rate in shares[Span.YEAR]] == [(4, 8), (0, 0), (2, 8)]
    assert [(rate.part, rate.whole) for rate in shares[Span.MONTH]] == [(3, 4), (0, 0), (1, 4)]


def test_counts_volunteers_projects_and_stars():
    team = TeamFactory(centre=CommunityFactory())
    volunteer = UserFactory()
    served(volunteer, team, hours=30)
    served(UserFactory(), team, hours=5)
    for state in (State.COMPLETED, State.ACTIVE, State.APPROVED):
        project_in(state, team=team)
    notice = {"announced_on": LONG_AGO, "notice_until": LONG_AGO + timedelta(days=7)}
    for level, on in ((1, DAY), (2, LONG_AGO + timedelta(days=9)), (3, None)):
        by = {"proposed_by": UserFactory(), "awarded_by": UserFactory()} | notice if on else {}
        StarAward.objects.create(
            volunteer=volunteer,
            level=level,
            eligible_on=LONG_AGO,
            minutes=6000,
            state=AwardState.AWARDED if on else AwardState.ELIGIBLE,
            awarded_on=on,
            **by,
        )

    found = pairs()

    assert (found["volunteers_active"], found["hours_approved"]) == ((2, 2), (35, 35))
    assert (found["projects_completed"], found["projects_under_way"]) == ((1, 1), (2, 2))
    assert found["stars_awarded"] == (2, 1)


def test_counts_what_the_think_tank_found():
    observation = published(member())
    admin = town_wide("town_admin")
    adopted = answered(recommended(observation), admin)
    answered(recommended(observation, title="另一条"), admin, AnswerClass.NOTED)
    recommended(observation, title="未答复")
    Verification.objects.create(
        recommendation=adopted,
        author=adopted.author,
        answered_by=admin,
        by=UserFactory(),
        at=NOW,
        metric="等候",
        before=20,
        after=8,
        has_effect=True,
        note="叫号记录",
    )

    found = pairs()

    assert found["observations_published"] == (1, 1)
    assert found["recommendations_adopted"] == (1, 1)
    assert found["recommendations_verified"] == (1, 1)


def test_periods_are_the_calendar_year_and_thirty_days():
    wanted = rules.periods(DAY)

    assert wanted[Span.YEAR].first == DAY.replace(month=1, day=1)
    assert (wanted[Span.MONTH].last - wanted[Span.MONTH].first).days == 29


def test_hides_few_people_of_a_place_and_one_more_that_would_tell():
    numbers = {1: 3, 2: 40, 3: 0, 4: 9}
    assert rules.shown(numbers, numbers) == {1: None, 2: 40, 3: 0, 4: None}

    two = {1: 3, 2: 4, 3: 9}
    assert rules.shown(two, two) == {1: None, 2: None, 3: 9}
    assert rules.shown({1: 60, 2: 8}, {1: 5, 2: 9}) == {1: 60, 2: 8}


def test_orders_centres_by_a_column_with_hidden_numbers_last():
    first, second, third = (CommunityFactory().pk for _ in range(3))
    found = Places(NOW, [Place(first, None, 5, 1), Place(second, 10, 5, 1), Place(third, 20, 5, 1)])

    rows = sheets.rows(found, "needs")

    assert [(row.centre.pk, row.percent) for row in rows] == [
        (third, 100),
        (second, 50),
        (first, 0),
    ]


def test_shows_no_hours_of_fewer_than_five_people_at_a_place():
    few, many = CommunityFactory(), CommunityFactory()
    served(UserFactory(), TeamFactory(centre=few), hours=30)
    team = TeamFactory(centre=many)
    for _ in range(5):
        served(UserFactory(), team, hours=10)
    served(UserFactory(), TeamFactory(centre=CommunityFactory()), hours=12)

    hours = {place.centre: place.hours for place in access.places(NOW).rows}

    assert (hours[few.pk], hours[many.pk]) == (None, 50)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_ask_little_however_much_there_is(client, page, language):
    client.cookies["django_language"] = language

    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as made:
            assert client.get(reverse(f"results:{page}")).status_code == 200
        return len(made)

    project_in(State.COMPLETED)
    few = queries()
    for _ in range(2):
        project_in(State.COMPLETED)
        closed(DAY, 9, centre=CommunityFactory())

    assert queries() == few <= 20


def test_the_page_links_to_lists_and_says_when_it_was_counted(client):
    project = project_in(State.COMPLETED)

    shown = client.get(reverse("results:page"))
    html = shown.content.decode()

    assert f"{reverse('projects:list')}?state=completed" in html
    assert reverse("projects:project", args=[project.code]) in html
    assert project.lead.display_name not in html
    assert shown.context["found"].as_of == NOW
    project_in(State.COMPLETED)
    again = client.get(reverse("results:page")).context["found"]
    assert again.numbers[Span.YEAR]["projects_completed"] == 1


@pytest.mark.parametrize(
    ("asked", "seen"), [("", 0), ("?slide=1", 1), ("?slide=4", 4), ("?slide=5", 0), ("?slide=x", 0)]
)
def test_the_wall_shows_one_slide_without_a_script(client, asked, seen):
    project_in(State.COMPLETED)

    shown = client.get(reverse("results:wall") + asked)

    slides = shown.content.decode().split("data-slide")[1:]
    assert ["hidden" in slide.partition(">")[0] for slide in slides].index(False) == seen
    assert len(slides) == 5
    assert shown.context["next"] == (seen + 1) % 5


def test_the_api_tells_the_same(client):
    closed(DAY, 12)

    answer = client.get("/api/v1/results/").json()

    year, lately = answer["periods"]
    assert (year["span"], lately["span"]) == ("year", "days30")
    assert year["figures"] == access.results(NOW).numbers[Span.YEAR]
    assert lately["figures"]["numbers_served"] == 12
    assert [rate["rate"] for rate in year["rates"]] == ["response", "resolution", "satisfaction"]


def test_the_home_page_has_six_entries_with_the_results(client):
    PoolFactory(centre=CentreFactory())
    html = client.get(reverse("home")).content.decode()
    entries = html.partition('class="entries"')[2].partition("</ul>")[0]

    assert entries.count("<li>") == 6
    assert reverse("results:page") in entries
