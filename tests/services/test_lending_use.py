"""Asking for a resource, and never two at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.notifications.models import Notification
from services.lending import actions, kinds
from services.lending.actions import ask_use, enter_use, remove_spent_places
from services.lending.deciding import cancel_use, close_spent, confirm_use, refuse_use
from services.lending.errors import (
    CodeMissingError,
    DecidedAlreadyError,
    KeyUsedError,
    NotEnoughError,
    NotOfferedError,
    TooManyOpenError,
    TooManyPeopleError,
    UnknownCodeError,
    UseClosedError,
    UsePastError,
    UseTakenError,
    UseTooFarError,
    UseTooLongError,
    UseTooSoonError,
)
from services.lending.models import ForKind, LendingPolicy, Use, UseCell, UseState
from services.resources.models import Kind, State
from services.standing.errors import OwnRecordError, ReasonEmptyError
from tests.factories.accounts import staff_at, town_wide
from tests.factories.at_once import at_once
from tests.factories.resources import START, asked, entered, open_resource, wanted
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


def projectors(**fields):
    return open_resource(kind=Kind.EQUIPMENT, capacity=3, **fields)


def test_keeps_a_free_hall_at_once_and_reminds_the_day_before():
    use = asked(open_resource())

    assert (use.state, UseCell.objects.filter(use=use).count()) == (UseState.CONFIRMED, 8)
    assert set(Notification.objects.values_list("kind", flat=True)) == {
        "use_confirmed",
        "use_day_before",
    }


def test_asks_the_centre_where_it_must_agree_and_keeps_the_time_meanwhile():
    hall = open_resource(needs_approval=True)
    use = asked(hall)

    with pytest.raises(UseTakenError):
        asked(hall, phone="13900000002", start=START + timedelta(hours=1))

    assert use.state == UseState.ASKED
    assert Notification.objects.get().kind == "use_asked"


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (UsePastError, {"start": NOW - timedelta(hours=1)}),
        (UseTooSoonError, {"start": NOW + timedelta(hours=23)}),
        (UseTooFarError, {"start": NOW + timedelta(days=31)}),
        (UseTooLongError, {"hours": 4.25}),
        (UseClosedError, {"start": START + timedelta(hours=10)}),
        (TooManyPeopleError, {"people": 41}),
    ],
)
def test_refuses_what_the_rules_do_not_allow(refusal, more):
    with pytest.raises(refusal):
        asked(open_resource(), **more)

    assert not UseCell.objects.exists()


@pytest.mark.parametrize("fields", [{"state": State.RESTING}, {"open_to_residents": False}])
def test_refuses_what_is_not_offered(fields):
    with pytest.raises(NotOfferedError):
        asked(open_resource(**fields))


def test_lends_as_many_pieces_as_there_are():
    things = projectors()
    asked(things, units=2)

    with pytest.raises(NotEnoughError):
        asked(things, units=2, phone="13900000002")

    asked(things, units=1, phone="13900000002")
    lanes = UseCell.objects.filter(cell=40).values_list("lane", flat=True)
    assert sorted(lanes) == [0, 1, 2]


def test_a_thing_may_be_away_overnight_but_not_a_hall():
    clerk = staff_at(open_resource().centre_id)
    things, hall = projectors(), open_resource()

    use = entered(things, clerk, hours=24)

    assert use.places.count() == 96
    with pytest.raises(UseClosedError):
        entered(hall, clerk, hours=24)


def test_a_phone_has_no_more_than_the_limit_to_come():
    hall = open_resource()
    LendingPolicy.objects.create(centre=hall.centre, max_open=1)
    first = asked(hall)

    with pytest.raises(TooManyOpenError):
        asked(hall, start=START + timedelta(hours=3))

    cancel_use(use_id=first.pk, now=NOW)
    assert asked(hall, start=START + timedelta(hours=3)).nth == 1


def test_a_second_tap_finds_what_the_first_one_made():
    hall = open_resource()
    first = ask_use(wanted=wanted(hall), key="k1", now=NOW)

    assert ask_use(wanted=wanted(hall), key="k1", now=NOW) == first
    with pytest.raises(KeyUsedError):
        ask_use(wanted=wanted(hall, phone="13900000002"), key="k1", now=NOW)


def test_cancelling_gives_the_time_to_others():
    hall = open_resource()
    use = asked(hall)

    cancel_use(use_id=use.pk, now=NOW)

    assert asked(hall, phone="13900000002").is_open


def test_a_colleague_decides_once_and_with_a_reason():
    hall = open_resource(needs_approval=True)
    use, clerk = asked(hall), staff_at(hall.centre_id)

    with pytest.raises(ReasonEmptyError):
        refuse_use(use_id=use.pk, reason=" ", by=clerk, now=NOW)
    confirm_use(use_id=use.pk, by=clerk, now=NOW)

    with pytest.raises(DecidedAlreadyError):
        refuse_use(use_id=use.pk, reason="厅里要修", by=clerk, now=NOW)


@pytest.mark.parametrize("how", ["user", "phone", "entered"])
def test_nobody_decides_on_their_own(how):
    hall = open_resource(needs_approval=True)
    clerk = staff_at(hall.centre_id, phone="13900000001", phone_verified_at=NOW)
    use = {
        "user": lambda: asked(hall, user=clerk, phone="13900000002"),
        "phone": lambda: asked(hall),
        "entered": lambda: entered(hall, clerk),
    }[how]()

    with pytest.raises(OwnRecordError):
        confirm_use(use_id=use.pk, by=clerk, now=NOW)


def test_the_database_knows_too_that_nobody_decides_on_their_own():
    hall = open_resource(needs_approval=True)
    use = entered(hall, clerk := staff_at(hall.centre_id))

    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.filter(pk=use.pk).update(decided_by=clerk)


def test_sharing_with_another_centre_takes_its_agreement():
    hall = open_resource()
    here, elsewhere = staff_at(hall.centre_id), staff_at(hall.centre_id + 1)

    assert entered(hall, here).state == UseState.CONFIRMED
    later = START + timedelta(hours=3)
    assert entered(hall, elsewhere, start=later).state == UseState.ASKED


def test_a_use_is_for_something_that_exists(monkeypatch):
    known = {"N-1": kinds.Target("路灯不亮", "/needs/N-1/")}
    monkeypatch.setattr(kinds, "_lookups", {})
    kinds.register(ForKind.NEED, lambda codes: {c: known[c] for c in codes if c in known})
    hall, admin = open_resource(), town_wide(Role.TOWN_ADMIN)

    for code, refusal in (("N-2", UnknownCodeError), (" ", CodeMissingError)):
        with pytest.raises(refusal):
            entered(hall, admin, for_kind=ForKind.NEED, for_code=code)
    use = entered(hall, admin, for_kind=ForKind.NEED, for_code="N-1")

    assert kinds.targets_of([use])[use.pk].title == "路灯不亮"
    assert list(Use.objects.for_target(ForKind.NEED, "N-1")) == [use]
    other = entered(projectors(), admin, for_kind=ForKind.PROJECT, for_code="P-9")
    assert kinds.targets_of([other])[other.pk].title == "P-9"


def test_closes_what_is_over_and_what_nobody_decided():
    hall = open_resource()
    done = asked(hall)
    hall.needs_approval = True
    hall.save()
    late = asked(hall, start=START + timedelta(hours=3), phone="13900000002")

    assert close_spent(now=START + timedelta(hours=4)) == 2

    states = set(Use.objects.values_list("pk", "state"))
    assert states == {(done.pk, UseState.DONE), (late.pk, UseState.REFUSED)}
    assert not UseCell.objects.exists()
    assert close_spent(now=START + timedelta(hours=4)) == 0


def test_removes_places_of_past_days_only():
    asked(open_resource())

    assert remove_spent_places(before=START.date()) == 0
    assert remove_spent_places(before=START.date() + timedelta(days=1)) == 8


@pytest.mark.django_db(transaction=True)
def test_the_constraint_alone_keeps_two_from_one_hall():
    hall = open_resource()
    phones = [f"1390000010{n}" for n in range(4)]

    answers = at_once(*[lambda phone=phone: asked(hall, phone=phone).reference for phone in phones])

    assert sorted(answers).count("use_taken") == 3
    assert UseCell.objects.count() == 8


def test_the_constraint_holds_where_the_check_is_off(monkeypatch):
    hall = open_resource()
    asked(hall)
    monkeypatch.setattr(actions, "free_lanes", lambda lanes, taken: list(range(lanes)))

    with pytest.raises(IntegrityError):
        asked(hall, phone="13900000002")


def test_with_both_off_the_hall_is_taken_twice(monkeypatch):
    """The negative control: a lane of its own for everybody."""
    hall = open_resource()
    asked(hall)
    monkeypatch.setattr(actions, "free_lanes", lambda lanes, taken: [len(taken)])

    assert asked(hall, phone="13900000002").is_open


@pytest.mark.django_db(transaction=True)
def test_one_phone_asking_twice_at_once_keeps_to_the_limit():
    hall, other = open_resource(), open_resource()
    LendingPolicy.objects.create(centre=hall.centre, max_open=1)

    answers = at_once(*[lambda place=place: asked(place).reference for place in (hall, other)])

    assert max(answers, key=len) == "too_many_open"
    assert Use.objects.count() == 1


def test_staff_may_ask_until_the_last_minute():
    hall = open_resource()

    use = enter_use(
        wanted=wanted(hall, start=NOW + timedelta(minutes=15)),
        by=staff_at(hall.centre_id),
        now=NOW,
    )

    assert use.state == UseState.CONFIRMED
