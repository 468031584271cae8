"""The auditor's page."""

import pytest

from lishui_center.accounts.rules import Role
from lishui_center.audit.actions import record, seal_events
from lishui_center.audit.models import Event
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide

pytestmark = pytest.mark.django_db

PAGE = "/staff/audit/"


@pytest.fixture
def auditor(client):
    user = town_wide(Role.AUDITOR)
    sign_in_staff(client, user)
    return user


def shown(answer) -> list[str]:
    return [event.action for event in answer.context["page"]]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TOWN_ADMIN])
def test_is_open_to_auditors_and_the_town_administrator(client, role):
    sign_in_staff(client, town_wide(role))

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.CENTRE_MANAGER])
def test_is_not_there_for_other_staff(client, role):
    sign_in_staff(client, staff_at(1, role=role))

    assert client.get(PAGE).status_code == 404


def test_asks_auditors_for_two_factors(client):
    client.force_login(town_wide(Role.AUDITOR))

    assert client.get(PAGE).status_code == 302


def test_takes_nothing_but_reading(client, auditor):
    assert client.post(PAGE).status_code == 405


def test_shows_the_latest_first_and_people_masked(client, auditor):
    resident = UserFactory(display_name="陈小怡")
    record(resident, "first.done", resident)
    record(resident, "second.done", resident)

    answer = client.get(PAGE)

    assert shown(answer) == ["second.done", "first.done"]
    assert "陈*怡" in answer.content.decode()
    assert "陈小怡" not in answer.content.decode()


def test_tells_what_is_sealed(client, auditor):
    record(None, "a.b", "c")
    seal_events()

    assert Event.objects.sealed().count() == 1
    assert client.get(PAGE).context["page"][0].position == 1


@pytest.mark.parametrize(
    "query",
    [
        {"action": "booking."},
        {"target_type": "services.booking"},
        {"target_type": "services.booking", "target_id": "7"},
        {"since": "2026-01-01", "action": "booking"},
    ],
)
def test_finds_by_action_and_target(client, auditor, query):
    record(None, "account.opened", "accounts.user")
    Event.objects.create(
        at="2026-11-20T10:00:00Z",
        action="booking.moved",
        target_type="services.booking",
        target_id="7",
        actor_label="system",
    )

    assert shown(client.get(PAGE, query)) == ["booking.moved"]


def test_finds_by_person(client, auditor):
    one, other = UserFactory(), UserFactory()
    record(one, "one.did", one)
    record(other, "other.did", other)

    assert shown(client.get(PAGE, {"actor_id": one.pk})) == ["one.did"]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-11-19T15:59:59Z", False),
        ("2026-11-19T16:00:00Z", True),
        ("2026-11-20T15:59:59Z", True),
        ("2026-11-20T16:00:00Z", False),
    ],
)
def test_finds_by_local_days_both_included(client, auditor, at, found):
    Event.objects.create(at=at, action="a", target_type="c", actor_label="system")

    page = client.get(PAGE, {"since": "2026-11-20", "until": "2026-11-20"})

    assert bool(shown(page)) is found


def test_shows_everything_and_the_mistake_when_a_filter_is_wrong(client, auditor):
    record(None, "a.b", "c")

    answer = client.get(PAGE, {"since": "yesterday"})

    assert "since" in answer.context["form"].errors
    assert shown(answer) == ["a.b"]


def test_reading_is_recorded_with_the_filters_not_their_values(client, auditor):
    client.get(PAGE, {"actor_id": "5"})

    event = Event.objects.get(action="audit.read")
    assert (event.actor, event.facts) == (auditor, {"filters": ["actor_id"]})


def test_turns_pages(client, auditor):
    for _ in range(51):
        record(None, "a.b", "c")

    assert len(shown(client.get(PAGE))) == 50
    assert len(shown(client.get(PAGE, {"page": 2}))) == 2


def test_needs_no_query_more_for_more_rows(client, auditor, django_assert_num_queries):
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)
    for _ in range(12):
        record(UserFactory(), "a.b", "c")

    with django_assert_num_queries(6):
        client.get(PAGE)


def test_takes_any_day_of_the_calendar(client, auditor):
    record(None, "first.done", auditor)

    answer = client.get(PAGE, {"since": "0001-01-01", "until": "9999-12-31"})

    assert "first.done" in shown(answer)
