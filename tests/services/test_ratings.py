"""Rating a visit, and what a bad rating sets going."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.clock import moment, today
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.ratings import rules
from services.ratings.actions import (
    Opinion,
    close_follow_up,
    note_follow_up,
    rate_visit,
    show_caller,
)
from services.ratings.errors import (
    CallBackMissingError,
    FollowUpClosedError,
    NoteEmptyError,
    NotVerifiedError,
    OwnServiceError,
    RatedAlreadyError,
    RatingTooLateError,
    StepBackError,
    VisitNotOverError,
)
from services.ratings.models import (
    CallBack,
    FollowUp,
    FollowUpNote,
    FollowUpState,
    Rating,
    Score,
    Tag,
)
from tests.factories.accounts import staff_at
from tests.factories.hall import finished, make_hall, rated, walk_in
from tests.factories.opening import weekly_offering
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
BAD = Score.DISSATISFIED
LATER = NOW + timedelta(minutes=30)


def rate(ticket, score=Score.SATISFIED, *, now=NOW, **more):
    return rate_visit(ticket_id=ticket.pk, opinion=Opinion(score, **more), now=now)


def manager_of(follow_up, **more):
    centre_id = follow_up.rating.ticket.centre_id
    return staff_at(centre_id, role=Role.CENTRE_MANAGER, **more)


def note(follow_up, actor, state=FollowUpState.VERIFIED, text="已核实"):
    return note_follow_up(follow_up_id=follow_up.pk, state=state, text=text, actor=actor, now=NOW)


def close(follow_up, actor, call_back=CallBack.SATISFIED, text="已回访"):
    return close_follow_up(
        follow_up_id=follow_up.pk, call_back=call_back, text=text, actor=actor, now=NOW
    )


@pytest.fixture
def follow_up():
    return rated(BAD).follow_up


def test_keeps_score_known_tags_and_clean_words():
    rating = rate(finished(), tags=["quick", "made up"], text=" 很快\x00 ")

    assert (rating.score, rating.tags, rating.text) == (Score.SATISFIED, [Tag.QUICK], "很快")
    assert not FollowUp.objects.exists()
    assert Event.objects.get(action="rating.given").actor_id is None


def test_a_visit_is_rated_once():
    ticket = finished()
    rate(ticket)

    with pytest.raises(RatedAlreadyError):
        rate(ticket, BAD)

    assert Rating.objects.get().score == Score.SATISFIED


def test_refuses_before_the_visit_is_over():
    with pytest.raises(VisitNotOverError):
        rate(walk_in(make_hall().pool))


def test_takes_ratings_for_seven_days():
    ticket = finished()
    rate(ticket, now=NOW + rules.RATED_WITHIN)
    other = finished(ticket.pool)

    with pytest.raises(RatingTooLateError):
        rate(other, now=NOW + rules.RATED_WITHIN + timedelta(seconds=1))


def test_a_visit_after_midnight_is_rated_from_its_end():
    ticket = finished()
    ended = moment(today(NOW) + timedelta(days=1), 0) + timedelta(minutes=5)
    type(ticket).objects.filter(pk=ticket.pk).update(ended_at=ended)

    rating = rate(ticket, BAD, now=ended + rules.RATED_WITHIN)

    assert rating.ticket.date == today(NOW)


@pytest.mark.parametrize("score", [0, 6])
def test_the_database_knows_five_scores(score):
    ticket = finished()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(ticket=ticket, score=score, created_at=NOW)


def test_the_database_refuses_a_second_rating_of_a_visit():
    rating = rated()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(ticket=rating.ticket, score=5, created_at=NOW)


@pytest.mark.parametrize("score", [1, 2])
def test_a_bad_rating_opens_a_case(score):
    rating = rated(Score(score))

    assert rating.follow_up.state == FollowUpState.OPEN
    assert Event.objects.filter(action="follow_up.opened").count() == 1


def test_a_case_is_due_on_the_fifteenth_day_that_the_centre_opens():
    pool = weekly_offering(code="A").pool
    rating = rated(BAD, pool=pool)

    assert rating.follow_up.due_on == today(NOW) + timedelta(days=15)


def test_closed_days_do_not_count_and_the_unplanned_are_working_weeks():
    wednesday = date(2026, 11, 25)
    closed = {wednesday + timedelta(days=n): n not in {1, 2} for n in range(1, 8)}

    # Five of the seven planned days, then ten from Thursday the 3rd, Monday to Friday.
    assert rules.working_day(wednesday, closed) == date(2026, 12, 16)
    assert rules.working_day(wednesday, {}, count=3) == date(2026, 11, 30)


def test_a_case_is_verified_put_right_and_closed_by_calling_back(follow_up):
    manager = manager_of(follow_up)

    note(follow_up, manager)
    note(follow_up, manager, FollowUpState.FIXED, "已改进")
    closed = close(follow_up, manager)

    assert (closed.state, closed.call_back) == (FollowUpState.CLOSED, CallBack.SATISFIED)
    assert (closed.manager, closed.closed_at) == (manager, NOW)
    assert [kept.text for kept in FollowUpNote.objects.all()] == ["已核实", "已改进", "已回访"]
    assert Event.objects.get(action="follow_up.closed").facts["call_back"] == "satisfied"


def test_a_case_closes_only_verified_and_called_back(follow_up):
    manager = manager_of(follow_up)
    with pytest.raises(NotVerifiedError):
        close(follow_up, manager)
    note(follow_up, manager)
    with pytest.raises(CallBackMissingError):
        close(follow_up, manager, call_back=None)
    with pytest.raises(NoteEmptyError):
        close(follow_up, manager, text=" ")

    follow_up.refresh_from_db()
    assert follow_up.state == FollowUpState.VERIFIED


def test_the_database_closes_no_case_without_calling_back(follow_up):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(state=FollowUpState.CLOSED, closed_at=NOW)


def test_a_case_only_moves_on_and_closes_once(follow_up):
    manager = manager_of(follow_up)
    note(follow_up, manager, FollowUpState.FIXED)
    with pytest.raises(StepBackError):
        note(follow_up, manager)
    with pytest.raises(StepBackError):
        note(follow_up, manager, FollowUpState.CLOSED)
    close(follow_up, manager)

    with pytest.raises(FollowUpClosedError):
        close(follow_up, manager)
    with pytest.raises(FollowUpClosedError):
        note(follow_up, manager)


def test_who_served_decides_nothing(follow_up):
    clerk = follow_up.rating.ticket.events.exclude(window=None).first().actor

    for act in (note, close):
        with pytest.raises(OwnServiceError):
            act(follow_up, clerk)
    with pytest.raises(OwnServiceError):
        show_caller(follow_up_id=follow_up.pk, actor=clerk, reason="回访")


def test_showing_the_number_leaves_a_trace(follow_up):
    show_caller(follow_up_id=follow_up.pk, actor=manager_of(follow_up), reason="回访")

    assert Event.objects.get(action="personal.unmasked").reason == "回访"


def asked():
    return Notification.objects.get(kind="rating_asked")


def test_asks_half_an_hour_later_whoever_gave_a_phone():
    pool = make_hall().pool
    finished(pool)
    assert not Notification.objects.exists()

    ticket = finished(pool, phone="13900000009")

    assert asked().due_at == LATER
    send_one(asked().key, now=LATER)
    assert asked().state == State.SENT
    assert ticket.secret not in asked().text


def test_asks_nobody_who_has_rated_meanwhile():
    rate(finished(phone="13900000009"))

    send_one(asked().key, now=LATER)

    assert asked().state == State.DROPPED


@pytest.mark.parametrize(("cell", "is_asked"), [(83, True), (84, False)])
def test_asks_nobody_in_the_quiet_hours(cell, is_asked):
    pool = make_hall().pool
    at = moment(today(NOW), cell)

    finished(pool, now=at, taken_at=NOW, phone="13900000009")

    assert Notification.objects.filter(kind="rating_asked").exists() is is_asked


def test_a_late_worker_asks_nobody_the_next_morning():
    finished(phone="13900000009")

    send_one(asked().key, now=moment(today(NOW) + timedelta(days=1), 32))

    assert asked().state == State.DROPPED
