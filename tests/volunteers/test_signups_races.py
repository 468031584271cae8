"""Many people sign up at one moment: no place goes to two, nobody gets two."""

from datetime import timedelta

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.activities import joined, leader_of, make_session, running
from tests.factories.at_once import at_once
from tests.factories.services import NOW
from volunteers.presence.actions import add_walk_in
from volunteers.signups.actions import accept_offer, account, cancel_signup, sign_up
from volunteers.signups.models import Signup, SignupState
from volunteers.signups.offers import close_unanswered

pytestmark = pytest.mark.django_db(transaction=True)
EXPIRY = NOW + timedelta(hours=2)


def test_as_many_get_a_place_as_there_are_places():
    session = make_session(capacity=2)
    people = [account(UserFactory()) for _ in range(6)]

    at_once(
        *(
            lambda person=person: sign_up(session_id=session.pk, person=person, now=NOW)
            for person in people
        )
    )

    states = list(Signup.objects.values_list("state", flat=True))
    assert states.count(SignupState.SIGNED_UP) == 2
    assert states.count(SignupState.WAITING) == 4


def test_the_last_place_goes_to_one_of_two_at_the_door():
    session = running(capacity=1)
    leader, people = leader_of(session), [account(UserFactory()) for _ in range(4)]

    answers = at_once(
        *(
            lambda person=person: (
                add_walk_in(session_id=session.pk, person=person, by=leader, now=NOW).place
            )
            for person in people
        )
    )

    assert sorted(map(str, answers)) == ["1", *["session_full"] * 3]


def test_a_double_tap_signs_up_once():
    session, person = make_session(), account(UserFactory())

    answers = at_once(*[lambda: sign_up(session_id=session.pk, person=person, now=NOW).pk] * 4)

    assert Signup.objects.count() == 1
    assert answers.count("already_signed_up") == 3


def test_an_answer_at_the_moment_of_expiry_wins_or_loses_whole():
    session = make_session(capacity=1)
    first, second = joined(session, now=NOW), joined(session, now=NOW)
    cancel_signup(signup_id=first.pk, now=NOW)

    answer, closed = at_once(
        lambda: accept_offer(signup_id=second.pk, now=EXPIRY - timedelta(seconds=1)).pk,
        lambda: close_unanswered(now=EXPIRY),
    )

    second.refresh_from_db()
    if closed:
        assert (second.state, answer) == (SignupState.EXPIRED, "offer_over")
    else:
        assert (second.state, answer) == (SignupState.SIGNED_UP, second.pk)
