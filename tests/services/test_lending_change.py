"""Changing a resource: what it touches is shown first, told why, and offered something else."""

from datetime import date, time, timedelta

import pytest

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import moment
from lishui_center.notifications.models import Notification
from services.centres.actions import save_setting
from services.hours.models import CalendarDay
from services.lending.changing import apply_change, misfits, preview_change
from services.lending.errors import StaleEffectError
from services.lending.free import Wish, free_at, free_days, others_for
from services.lending.models import CancelledBy, UseCell, UseState
from services.resources.access import open_days
from services.resources.actions import set_state
from services.resources.models import Kind, Resource, ResourceClosure, ResourceHours, State
from services.standing.errors import ReasonEmptyError
from tests.factories.accounts import staff_at
from tests.factories.resources import START, ResourceFactory, asked, open_resource
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
FRIDAY = START.date()


def own_hours(resource, weekdays="12345", opens=time(18), closes=time(20), **more):
    return ResourceHours.objects.create(
        resource=resource, weekdays=weekdays, opens=opens, closes=closes, **more
    )


def runs_on(resource, day=FRIDAY):
    return open_days([resource], day, day, now=NOW)[resource.pk][0].runs


def resting(resource, by):
    return lambda: set_state(resource=resource, state=State.RESTING, by=by)


def test_a_preview_changes_nothing():
    hall = open_resource()
    use, manager = asked(hall), staff_at(hall.centre_id, role=Role.CENTRE_MANAGER)

    effect = preview_change(resource_id=hall.pk, write=resting(hall, manager), now=NOW)

    hall.refresh_from_db()
    assert effect.touched == (use,)
    assert (hall.state, UseCell.objects.count()) == (State.AVAILABLE, 8)


def test_taking_back_tells_why_and_offers_what_is_free():
    hall, other, small = open_resource(), ResourceFactory(), ResourceFactory(capacity=10)
    use = asked(hall, people=30)
    manager = staff_at(hall.centre_id, role=Role.CENTRE_MANAGER)
    write = resting(hall, manager)
    shown = preview_change(resource_id=hall.pk, write=write, now=NOW).fingerprint
    given = {"resource_id": hall.pk, "write": write, "by": manager, "now": NOW}

    with pytest.raises(StaleEffectError):
        apply_change(expected="something else", reason="修屋顶", **given)
    with pytest.raises(ReasonEmptyError):
        apply_change(expected=shown, reason="", **given)
    apply_change(expected=shown, reason="修屋顶", **given)

    use.refresh_from_db()
    assert (use.state, use.cancelled_by) == (UseState.CANCELLED, CancelledBy.CENTRE)
    assert Notification.objects.filter(kind="use_withdrawn").exists()
    assert others_for(use, now=NOW) == [other]
    assert small not in others_for(use, now=NOW)
    assert Resource.objects.get(pk=hall.pk).state == State.RESTING


def test_fewer_pieces_touch_whoever_came_last():
    things = open_resource(kind=Kind.EQUIPMENT, capacity=3)
    asked(things, units=2)
    last = asked(things, units=1, phone="13900000002")
    manager = staff_at(things.centre_id, role=Role.CENTRE_MANAGER)
    things.capacity = 2

    effect = preview_change(
        resource_id=things.pk, write=lambda: save_setting(row=things, by=manager), now=NOW
    )

    assert effect.touched == (last,)


def test_follows_the_centre_unless_it_has_hours_of_its_own():
    hall = open_resource()
    assert runs_on(hall) == ((36, 84),)

    own_hours(hall)

    assert runs_on(hall) == ((72, 80),)
    assert runs_on(hall, FRIDAY + timedelta(days=1)) == ()


def test_own_hours_follow_the_calendar():
    hall = open_resource()
    own_hours(hall)
    special = {"name_zh": "假日", "name_en": "Holiday", "source": "国办"}
    CalendarDay.objects.create(date=FRIDAY, kind="holiday", **special)
    saturday = FRIDAY + timedelta(days=1)
    CalendarDay.objects.create(date=saturday, kind="makeup_workday", **special)

    assert runs_on(hall) == ()
    assert runs_on(hall, saturday) == ((72, 80),)
    own_hours(hall, opens=time(10), closes=time(11), on_holidays=True)
    assert runs_on(hall) == ((40, 44),)


def test_a_closure_shuts_a_part_of_the_day_and_what_rests_is_never_open():
    hall, tired = open_resource(), ResourceFactory(state=State.RESTING)
    ResourceClosure.objects.create(
        resource=hall, starts_at=moment(FRIDAY, 40), ends_at=moment(FRIDAY, 48), reason_zh="维修"
    )

    assert runs_on(hall) == ((36, 40), (48, 84))
    assert runs_on(tired) == ()


def test_a_closing_of_the_centre_shows_whose_use_no_longer_fits():
    hall = open_resource()
    use = asked(hall)
    assert misfits(hall, now=NOW) == []

    hall.centre.pools.get().day_plans.update(spans=[])

    assert misfits(hall, now=NOW) == [use]


def test_finds_who_has_it_free_with_the_same_queries_for_one_and_many(
    django_assert_num_queries,
):
    first = open_resource()
    many = [ResourceFactory() for _ in range(5)]
    own_hours(many[0], opens=time(8), closes=time(23))
    asked(many[1])
    wish = Wish(START, START + timedelta(hours=2))

    with django_assert_num_queries(5):
        assert free_at([first, *many], wish, now=NOW) == [first, many[0], *many[2:]]
    with django_assert_num_queries(5):
        free_days(many, FRIDAY, FRIDAY + timedelta(days=6), now=NOW)


def test_asks_nothing_of_a_day_no_plan_reaches():
    hall = open_resource()

    assert runs_on(hall, date(2027, 11, 25)) == ()
