"""Whoever came without having signed up is put on the list by those who run the session."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lishui_center.accounts import privacy
from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory
from tests.factories.activities import (
    guest,
    joined,
    leader_of,
    make_activity,
    make_session,
    running,
)
from tests.factories.services import NOW
from tests.factories.volunteers import member_of
from volunteers.activities.errors import NotYourActivityError
from volunteers.activities.models import ActivityKind
from volunteers.hours.models import Evidence, HourEntry, HourState
from volunteers.presence.access import walk_in_of
from volunteers.presence.actions import add_walk_in
from volunteers.presence.errors import ListClosedError, NoAccountError, TooManyNumbersError
from volunteers.signups.actions import account, cancel_signup
from volunteers.signups.errors import (
    AlreadySignedUpError,
    SessionFullError,
    SignInWantedError,
)
from volunteers.signups.models import Signup, SignupState

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return running()


@pytest.fixture
def leader(session):
    return leader_of(session)


def add(session, person, by, *, now=NOW):
    return add_walk_in(session_id=session.pk, person=person, by=by, now=now)


def test_is_noted_as_present_by_whoever_added_them_and_told(session, leader):
    person = UserFactory()

    signup = add(session, account(person), leader, now=session.ends_at)

    assert (signup.state, signup.place) == (SignupState.ATTENDED, 1)
    assert (signup.added_by, signup.ticked_by) == (leader, leader)
    assert Event.objects.filter(action="signup.added", actor_id=leader.pk).exists()
    assert Notification.objects.get(kind="activity_added").user == person
    entry = HourEntry.objects.get()
    assert (entry.volunteer, entry.minutes) == (person, 120)
    assert (entry.evidence, entry.state) == (Evidence.SCAN_AND_LEADER, HourState.SUBMITTED)
    assert privacy.export_all(person, now=NOW)["activities"][0]["added_by_the_organiser"]


def test_takes_no_place_that_is_not_there(session, leader):
    for _ in range(2):
        joined(session)

    with pytest.raises(SessionFullError):
        add(session, account(UserFactory()), leader)


def test_whoever_waits_gets_a_place_that_came_free(session, leader):
    first, _second, waiting = (joined(session) for _ in range(3))
    cancel_signup(signup_id=first.pk, now=session.starts_at - timedelta(hours=3))
    waiting.refresh_from_db()
    assert waiting.state == SignupState.OFFERED

    added = add(session, account(waiting.user), leader)

    assert (added.pk, added.place, added.state) == (waiting.pk, 1, SignupState.ATTENDED)


def test_nobody_is_added_twice_and_nobody_adds_themselves(session, leader):
    signup = joined(session)

    with pytest.raises(AlreadySignedUpError):
        add(session, account(signup.user), leader)
    with pytest.raises(OwnRecordError):
        add(session, account(leader), leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signup.objects.update(added_by=signup.user)


def test_guests_are_added_at_events_only(session, leader):
    event = running(ActivityKind.EVENT)

    with pytest.raises(SignInWantedError):
        add(session, guest(), leader)
    signup = add(event, guest(), leader_of(event))

    assert (signup.user, signup.name) == (None, guest().name)
    assert not Notification.objects.exists()  # Nobody has proven that phone.


@pytest.mark.parametrize("hours", [-2, 24 * 14 + 1])
def test_only_while_the_list_can_be_settled(session, leader, hours):
    with pytest.raises(ListClosedError):
        add(session, account(UserFactory()), leader, now=NOW + timedelta(hours=hours))


def test_only_by_those_who_run_it(session):
    with pytest.raises(NotYourActivityError):
        add(session, account(UserFactory()), member_of(session.activity.team))


def test_a_phone_finds_an_account_and_at_an_event_a_guest(session):
    event, user = running(ActivityKind.EVENT), UserFactory()
    unknown = {"phone": "13900000099", "name": "李阿婆", "language": "en"}

    assert walk_in_of(session, phone=user.phone, name="", language="en").user == user
    assert walk_in_of(event, **unknown).user is None
    for wrong in ((session, unknown), (event, unknown | {"name": ""})):
        with pytest.raises(NoAccountError):
            walk_in_of(wrong[0], **wrong[1])


def test_a_member_is_chosen_and_somebody_else_found_by_phone(
    client, session, leader, stop_the_clock
):
    stop_the_clock(NOW)
    member, on_list = member_of(session.activity.team), member_of(session.activity.team)
    joined(session, on_list)
    client.force_login(leader)
    address = reverse("volunteers:session-walk-in", args=[session.pk])

    offered = [pk for pk, _name in client.get(address).context["form"].fields["member"].choices]
    assert offered == ["", str(member.pk)]
    assert client.post(address, {"phone": ""}).status_code == 422
    both = {"member": member.pk, "phone": UserFactory().phone}
    assert client.post(address, both).status_code == 422
    page = client.post(address, {"member": member.pk}, follow=True)

    added = Signup.objects.get(user=member)
    assert (added.added_by, added.state) == (leader, SignupState.ATTENDED)
    assert leader.masked_name in page.content.decode()
    assert client.post(address, {"phone": "13900000099"}).status_code == 422


def test_nobody_gets_to_try_many_numbers(client, session, leader, settings, stop_the_clock):
    stop_the_clock(NOW)
    settings.ACCOUNT_RATE_LIMITS = {"attend_code": "1/m/user"}
    client.force_login(leader)
    address = reverse("volunteers:session-walk-in", args=[session.pk])

    answers = [client.post(address, {"phone": f"1390000009{digit}"}) for digit in (1, 2)]

    first, second = (answer.context["form"].non_field_errors()[0] for answer in answers)
    assert first == NoAccountError.message
    assert second == TooManyNumbersError.message


def test_a_course_takes_no_guests_and_offers_nobody_where_nobody_is_missing(client, stop_the_clock):
    stop_the_clock(NOW)
    activity = make_activity(ActivityKind.TRAINING)
    leader = member_of(activity.team, role="leader")
    course = make_session(activity, start=NOW)
    client.force_login(leader)

    fields = client.get(reverse("volunteers:session-walk-in", args=[course.pk])).context["form"]

    assert "name" not in fields.fields
    assert "member" not in fields.fields
