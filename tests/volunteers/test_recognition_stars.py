"""Stars: found by the hours, announced, objected to, awarded, taken back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from services.hours.models import CalendarDay, DayKind
from tests.factories.accounts import UserFactory, sign_in_staff, town_wide
from tests.factories.hours import voided
from tests.factories.recognition import DAY, announced, awarded, served, star
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.hours.errors import ReasonWantedError
from volunteers.hours.models import HourEntry
from volunteers.recognition.access import notice_until
from volunteers.recognition.actions import announce_stars, award_star, revoke_star
from volunteers.recognition.errors import (
    HoursMissingError,
    HoursSufficeError,
    NoticeRunsError,
    ObjectedAlreadyError,
    SecondPersonError,
    WrongStateError,
)
from volunteers.recognition.finding import find_eligible
from volunteers.recognition.models import AwardState, StarAward
from volunteers.recognition.objecting import object_to_star, settle_objection
from volunteers.recognition.rules import hours_to_next
from volunteers.tasks import find_stars

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def volunteer(team):
    user = member_of(team)
    served(user, team, hours=108)
    return user


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


def void_one(volunteer):
    entry = HourEntry.objects.of(volunteer).first()
    voided(entry)


def test_finds_each_star_once_however_often_it_looks(team, volunteer):
    served(member_of(team), team, hours=99)
    served(high := member_of(team), team, hours=600)

    assert (find_eligible(now=NOW), find_eligible(now=NOW)) == (4, 0)
    assert find_stars() == 0
    assert list(StarAward.objects.of(volunteer).values_list("level", "minutes")) == [(1, 6480)]
    assert set(StarAward.objects.of(high).values_list("level", flat=True)) == {1, 2, 3}
    assert Event.objects.filter(action="star.reached").count() == 4


@pytest.mark.parametrize(("minutes", "missing"), [(0, 100), (5999, 1), (6000, 200), (90_000, None)])
def test_counts_the_hours_to_the_next_star(minutes, missing):
    assert hours_to_next(minutes) == missing


def test_a_notice_lasts_five_days_of_the_official_calendar():
    assert notice_until(date(2026, 11, 25)) == date(2026, 12, 2)
    for day, kind in ((26, DayKind.HOLIDAY), (28, DayKind.MAKEUP_WORKDAY), (30, DayKind.HOLIDAY)):
        CalendarDay.objects.create(date=date(2026, 11, day), kind=kind, name_zh="假", name_en="-")

    assert notice_until(date(2026, 11, 25)) == date(2026, 12, 3)


def test_announces_tells_and_leaves_those_whose_hours_fell(team, volunteer, admin):
    poor = star(member_of(team))
    found = star(volunteer)

    done = announce_stars(award_ids=[found.pk, poor.pk], by=admin, now=NOW)

    found.refresh_from_db()
    assert done == (1, 1)
    assert (found.state, found.notice_until) == (AwardState.ANNOUNCED, date(2026, 12, 2))
    assert Notification.objects.get(kind="star_announced").user == volunteer


def test_awards_after_the_notice_by_a_second_person(volunteer, admin):
    award = announced(volunteer, by=admin)
    second = town_wide(Role.TOWN_ADMIN)

    with pytest.raises(NoticeRunsError):
        award_star(award_id=award.pk, by=second, now=NOW)
    later = NOW + timedelta(days=8)
    with pytest.raises(SecondPersonError):
        award_star(award_id=award.pk, by=admin, now=later)
    done = award_star(award_id=award.pk, by=second, now=later)

    assert (done.state, done.awarded_by) == (AwardState.AWARDED, second)
    assert Notification.objects.get(kind="star_awarded").context["level"] == "1"
    with pytest.raises(WrongStateError):
        award_star(award_id=award.pk, by=second, now=later)


def test_awards_nothing_when_the_hours_fell_below(volunteer, admin):
    award = announced(volunteer, over=True)
    void_one(volunteer)

    with pytest.raises(HoursMissingError):
        award_star(award_id=award.pk, by=admin, now=NOW)


@pytest.mark.parametrize(
    "broken",
    [
        {"awarded_on": None},
        {"awarded_on": DAY - timedelta(days=5)},
        {"awarded_by": "proposed_by"},
        {"awarded_by": "volunteer"},
        {"level": 6},
    ],
)
def test_the_database_holds_the_rules_too(volunteer, broken):
    award = awarded(volunteer)
    changes = {
        name: getattr(award, value) if isinstance(value, str) else value
        for name, value in broken.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        StarAward.objects.filter(pk=award.pk).update(**changes)


def test_an_objection_stops_it_until_somebody_else_settles_it(volunteer, admin):
    award = announced(volunteer, by=admin, over=True)
    objection = object_to_star(award_id=award.pk, by=UserFactory(), text="没有来", now=NOW)
    second, third = town_wide(Role.TOWN_ADMIN), town_wide(Role.TOWN_ADMIN)
    own = object_to_star(award_id=award.pk, by=third, text="?", now=NOW)

    with pytest.raises(ObjectedAlreadyError):
        object_to_star(award_id=award.pk, by=third, text="again", now=NOW)
    with pytest.raises(WrongStateError):
        award_star(award_id=award.pk, by=second, now=NOW)
    for settler, what in ((admin, objection), (third, own)):
        with pytest.raises(SecondPersonError):
            settle(what, settler)

    with pytest.raises(SecondPersonError):
        settle(objection, third)  # Whoever objects is no judge of the others' objections.
    settle(objection, second)
    award.refresh_from_db()
    assert award.state == AwardState.OBJECTED
    with pytest.raises(WrongStateError):
        award_star(award_id=award.pk, by=second, now=NOW)
    settle(own, second)
    assert award_star(award_id=award.pk, by=third, now=NOW).state == AwardState.AWARDED
    assert Notification.objects.filter(kind="objection_settled").count() == 2


def test_an_objection_that_is_right_ends_it_with_the_reason(volunteer, admin):
    award = announced(volunteer)
    at_desk = object_to_star(
        award_id=award.pk, by=UserFactory(), text="没有来", now=NOW, at_desk=True
    )
    with pytest.raises(ReasonWantedError):
        settle(at_desk, admin, answer=" ")

    settle(at_desk, admin, upheld=True)

    award.refresh_from_db()
    assert (award.state, award.reason) == (AwardState.DECLINED, "已核实")
    assert list(Notification.objects.values_list("kind", flat=True)) == ["star_declined"]


def test_one_that_is_right_answers_the_others_too(volunteer, admin):
    award = announced(volunteer)
    people = [UserFactory() for _ in range(3)]
    first, *others = [
        object_to_star(award_id=award.pk, by=person, text=f"理由{n}", now=NOW)
        for n, person in enumerate(people)
    ]
    settle(others[0], admin, answer="签到属实")

    settle(first, admin, upheld=True)

    kept = award.objections.values_list("text", "upheld", "answer")
    assert list(kept) == [
        ("理由0", True, "已核实"),
        ("理由1", False, "签到属实"),
        ("理由2", True, "已核实"),
    ]
    told = Notification.objects.filter(kind="objection_settled").values_list("user", flat=True)
    assert sorted(told) == sorted(person.pk for person in people)
    with pytest.raises(WrongStateError):
        settle(others[1], admin)


def settle(objection, by, *, upheld=False, answer="已核实"):
    return settle_objection(objection_id=objection.pk, by=by, upheld=upheld, answer=answer, now=NOW)


def test_is_taken_back_by_a_person_only_and_can_be_reached_again(team, volunteer, admin):
    award = awarded(volunteer)
    with pytest.raises(HoursSufficeError):
        revoke_star(award_id=award.pk, by=admin, reason="时长更正", now=NOW)
    void_one(volunteer)
    assert find_eligible(now=NOW) == 0
    award.refresh_from_db()
    assert award.state == AwardState.AWARDED

    revoke_star(award_id=award.pk, by=admin, reason="时长更正", now=NOW)
    assert Notification.objects.get(kind="star_revoked").user == volunteer
    served(volunteer, team, hours=12)

    assert find_eligible(now=NOW) == 1
    award.refresh_from_db()
    assert (award.state, award.awarded_by, award.reason) == (AwardState.ELIGIBLE, None, "")


def test_lists_ask_the_database_the_same_for_many(client, team, volunteer, admin, stop_the_clock):
    stop_the_clock(NOW)
    sign_in_staff(client, admin)
    announced(volunteer)
    pages = [reverse("volunteer-staff:stars"), reverse("volunteers:notices")]

    def queries():
        with CaptureQueriesContext(connection) as made:
            for page in pages:
                assert client.get(page).status_code == 200
        return len(made)

    queries()  # the session is kept awake
    few = queries()
    for _ in range(11):
        announced(member_of(team))
    assert queries() == few


def test_shows_ones_own_stars_and_the_way_to_the_next(client, volunteer):
    awarded(volunteer)
    client.force_login(volunteer)

    mine = client.get(reverse("volunteers:stars")).content.decode()
    hours = client.get(reverse("volunteers:my-hours")).content.decode()

    assert "★☆☆☆☆" in mine
    assert "<progress" in hours
    assert 'value="6480"' in hours
