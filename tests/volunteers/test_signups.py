"""Signing up: places, waiting, offers, cancelling."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.activities import (
    TOMORROW,
    guest,
    joined,
    leader_of,
    make_activity,
    make_session,
)
from tests.factories.services import NOW
from volunteers.activities.actions import Times
from volunteers.activities.models import ActivityKind, ActivityState
from volunteers.signups import rules
from volunteers.signups.access import collisions_of, offered
from volunteers.signups.actions import accept_offer, account, cancel_signup, sign_up
from volunteers.signups.changing import cancel_activity, cancel_session, change_session
from volunteers.signups.errors import (
    AlreadySignedUpError,
    CancelTooLateError,
    CapacityTakenError,
    OfferExpiredError,
    ReasonNeededError,
    SignInWantedError,
    SignupClosedError,
)
from volunteers.signups.models import Signup, SignupState
from volunteers.tasks import serve_signups

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


def states(session):
    return list(Signup.objects.filter(session=session).order_by("pk").values_list("state", "place"))


@given(taken=st.sets(st.integers(1, 60)), capacity=st.integers(1, 60))
def test_a_place_is_free_only_below_the_capacity_and_never_twice(taken, capacity):
    place = rules.free_place(taken, capacity)

    assert (place is None) == (len(taken) >= capacity)
    assert place is None or (place not in taken and 1 <= place <= capacity)


@given(taken=st.sets(st.integers(1, 60)), capacity=st.integers(1, 60))
def test_a_smaller_room_keeps_everybody_who_fits(taken, capacity):
    if len(taken) > capacity:
        return
    moved = rules.renumbered(taken, capacity)

    after = [moved.get(place, place) for place in taken]
    assert len(set(after)) == len(taken)
    assert all(place <= capacity for place in after)


def test_gives_the_places_in_order_and_lets_the_next_ones_wait(session):
    for _ in range(4):
        joined(session, now=NOW)

    waiting = ("waiting", None)
    assert states(session) == [("signed_up", 1), ("signed_up", 2), waiting, waiting]
    (row,) = offered([session])
    assert (row.taken, row.waiting, row.free) == (2, 2, 0)


def test_tells_at_once_the_day_before_and_two_hours_before(session):
    joined(session, now=NOW - timedelta(days=1))

    told = Notification.objects.order_by("due_at").values_list("kind", flat=True)
    assert list(told) == ["activity_signed_up", "activity_day_before", "activity_soon"]


def test_no_place_can_be_sold_twice_even_past_the_action(session):
    first = joined(session, now=NOW)
    second = joined(session, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Signup.objects.filter(pk=second.pk).update(place=first.place)


def test_nobody_signs_up_twice_whether_as_guest_or_with_the_account():
    session = make_session(make_activity(ActivityKind.EVENT))
    person = guest(7)
    sign_up(session_id=session.pk, person=person, now=NOW)
    same = UserFactory(phone=person.phone, phone_verified_at=NOW)

    for again in (person, account(same)):
        with pytest.raises(AlreadySignedUpError):
            sign_up(session_id=session.pk, person=again, now=NOW)


def test_takes_guests_to_events_only(session):
    with pytest.raises(SignInWantedError):
        sign_up(session_id=session.pk, person=guest(), now=NOW)


def test_refuses_after_the_sign_up_closed_and_for_what_is_not_open():
    closed = make_session(closes=NOW - timedelta(minutes=1))
    draft = make_session(make_activity(state=ActivityState.DRAFT))
    off = make_session(state="cancelled")

    for session in (closed, draft, off):
        with pytest.raises(SignupClosedError):
            sign_up(session_id=session.pk, person=account(UserFactory()), now=NOW)


def test_a_cancelled_place_is_kept_for_whoever_waited_longest(session):
    first, _second, third, _fourth = (joined(session, now=NOW) for _ in range(4))

    cancel_signup(signup_id=first.pk, now=NOW)

    third.refresh_from_db()
    assert (third.state, third.place) == (SignupState.OFFERED, 1)
    assert third.offer_expires_at == NOW + timedelta(hours=2)
    assert Notification.objects.filter(kind="activity_offer").count() == 1
    with pytest.raises(AlreadySignedUpError):
        joined(session, third.user, now=NOW)
    accept_offer(signup_id=third.pk, now=NOW)
    accept_offer(signup_id=third.pk, now=NOW)
    assert states(session)[2] == ("signed_up", 1)


def test_an_offer_nobody_takes_goes_to_the_next(session, stop_the_clock):
    first, _second, third, fourth = (joined(session, now=NOW) for _ in range(4))
    cancel_signup(signup_id=first.pk, now=NOW)
    late = NOW + timedelta(hours=2)

    with pytest.raises(OfferExpiredError):
        accept_offer(signup_id=third.pk, now=late)
    stop_the_clock(late)
    assert (serve_signups(), serve_signups()) == (1, 0)

    fourth.refresh_from_db()
    assert states(session)[2] == ("expired", None)
    assert (fourth.state, fourth.place) == (SignupState.OFFERED, 1)


def test_too_late_for_an_offer_whoever_asks_first_gets_the_place(session):
    soon = session.starts_at - timedelta(minutes=5)
    _first, _second, third = (joined(session, now=NOW) for _ in range(3))
    Signup.objects.filter(place=1).update(state=SignupState.CANCELLED, place=None)

    assert joined(session, third.user, now=soon).state == SignupState.SIGNED_UP


def test_can_be_cancelled_until_two_hours_before_and_waiting_at_any_time(session):
    placed, _other, waiting = (joined(session, now=NOW) for _ in range(3))
    late = session.starts_at - timedelta(minutes=119)

    with pytest.raises(CancelTooLateError):
        cancel_signup(signup_id=placed.pk, now=late)
    assert cancel_signup(signup_id=waiting.pk, now=late).state == SignupState.CANCELLED
    on_time = session.starts_at - rules.CANCEL_BEFORE
    assert cancel_signup(signup_id=placed.pk, now=on_time).state == SignupState.CANCELLED


def test_warns_of_another_session_at_the_same_time(session):
    user = UserFactory()
    joined(session, user, now=NOW)

    touching = make_session(session.activity, start=session.ends_at)
    inside = make_session(start=session.starts_at + timedelta(hours=1))

    assert collisions_of(user, touching) == []
    assert [other.session for other in collisions_of(user, inside)] == [session]


def test_a_cancelled_session_tells_everybody_and_frees_all(session):
    signups = [joined(session, now=NOW) for _ in range(3)]
    leader = leader_of(session)

    with pytest.raises(ReasonNeededError):
        cancel_session(session_id=session.pk, reason=" ", by=leader, now=NOW)
    for _ in range(2):
        cancel_session(session_id=session.pk, reason="台风", by=leader, now=NOW)

    assert set(states(session)) == {("cancelled", None)}
    told = Notification.objects.filter(kind="activity_cancelled")
    assert {row.user_id for row in told} == {signup.user_id for signup in signups}
    assert {row.context["reason"] for row in told} == {"台风"}


def test_a_cancelled_activity_takes_its_sessions_along(session):
    joined(session, now=NOW)

    cancel_activity(activity_id=session.activity_id, reason="停办", by=leader_of(session), now=NOW)

    assert states(session) == [("cancelled", None)]
    session.refresh_from_db()
    assert not session.is_planned


def test_another_time_is_told_and_the_old_reminders_are_dropped(session):
    signup = joined(session, now=NOW - timedelta(days=1))
    start = TOMORROW + timedelta(hours=3)
    times = Times(start, start + timedelta(hours=2), start, capacity=2)

    change_session(session_id=session.pk, times=times, by=leader_of(session), now=NOW)

    signup.refresh_from_db()
    assert Notification.objects.filter(kind="activity_changed").count() == 1
    versions = Notification.objects.filter(kind="activity_soon").values_list(
        "subject_version", flat=True
    )
    assert set(versions) == {1, signup.version}


def test_fewer_places_never_push_anybody_out_and_more_go_to_those_who_wait(session):
    first, second, third = (joined(session, now=NOW) for _ in range(3))
    leader = leader_of(session)

    def resize(capacity):
        times = Times(session.starts_at, session.ends_at, session.signup_closes_at, capacity)
        change_session(session_id=session.pk, times=times, by=leader, now=NOW)

    with pytest.raises(CapacityTakenError):
        resize(1)
    resize(3)
    third.refresh_from_db()
    assert third.state == SignupState.OFFERED
    cancel_signup(signup_id=first.pk, now=NOW)
    resize(2)
    assert sorted(place for _state, place in states(session) if place) == [1, 2]
    second.refresh_from_db()
    assert second.state == SignupState.SIGNED_UP
