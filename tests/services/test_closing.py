"""The end of a day: nothing stays open, people are treated fairly, the figures are frozen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from lishui_center.audit.models import Event
from lishui_center.common.clock import moment, today
from lishui_center.notifications.models import Notification
from services.bookings.models import Booking, Status
from services.closing import rules
from services.closing.actions import close_day, close_days
from services.closing.errors import DayNotOverError
from services.closing.models import DayClose
from services.console.actions import begin, call_next
from services.console.outcomes import put_on_hold
from services.hours.models import DayPlan
from services.ratings.models import Score
from services.slots.models import Claim
from services.tickets.actions import Walker, take_number
from services.tickets.models import Source, Ticket, TicketEvent, TicketState
from services.windows.models import WindowSession
from tests.factories.accounts import staff_at
from tests.factories.hall import arrive, called, clerk_at, finished, make_hall, rated, walk_in
from tests.factories.services import NOW, CommunityFactory, make_booking, open_day, open_offering

pytestmark = pytest.mark.django_db
DAY = today(NOW)
NINE = moment(DAY, 84)
NIGHT = NINE + rules.CLOSED_AFTER
# A number that no version can follow.
LARGEST = {"sqlite": 2**63 - 1, "postgresql": 2**31 - 1}


@pytest.fixture
def offering():
    return make_hall()


def close(offering, *, now=NIGHT, day=DAY):
    return close_day(centre=offering.centre, day=day, now=now)


def booked(offering, *, cell=48, **more):
    return make_booking(offering, start=moment(DAY, cell), **more)


def state_of(ticket):
    ticket.refresh_from_db()
    return ticket.state


def status_of(booking):
    booking.refresh_from_db()
    return booking.status


def test_a_day_closes_only_when_the_centre_has_closed(offering):
    with pytest.raises(DayNotOverError):
        close(offering, now=NINE - timedelta(seconds=1))

    assert close(offering, now=NINE).date == DAY


def test_who_waits_or_is_on_hold_has_left_and_who_is_served_is_done(offering):
    clerk, held = called(offering.pool)
    begin(clerk=clerk, now=NOW)
    put_on_hold(clerk=clerk, now=NOW)
    _clerk, only_called = called(offering.pool)
    server, serving = called(offering.pool)
    begin(clerk=server, now=NOW)
    waiting = walk_in(offering.pool)

    close(offering)

    assert [state_of(ticket) for ticket in (held, only_called, serving, waiting)] == [
        TicketState.LEFT,
        TicketState.LEFT,
        TicketState.DONE,
        TicketState.LEFT,
    ]
    assert serving.ended_at == NINE
    last = TicketEvent.objects.filter(ticket=serving).last()
    assert (last.kind, last.actor_id) == ("day_closed", None)


def test_closes_windows_that_were_forgotten_but_none_of_the_next_day(offering):
    clerk_at(offering.pool)
    clerk_at(offering.pool, now=NOW + timedelta(days=1))

    close(offering, now=NOW + timedelta(days=1))

    assert WindowSession.objects.running().get().opened_at == NOW + timedelta(days=1)


def test_who_did_not_come_is_missed_and_who_came_is_done(offering):
    missed = booked(offering)
    here = Booking.objects.get(pk=arrive(offering, cell=44, at=NOW, phone="13900000002").booking_id)

    close(offering)

    assert (status_of(missed), status_of(here)) == (Status.NO_SHOW, Status.DONE)
    assert Event.objects.get(action="booking.no_show").actor_id is None
    assert Notification.objects.filter(kind="booking_no_show").count() == 1


def test_a_missed_visit_counts_also_when_the_day_is_closed_the_next_morning(offering):
    missed = booked(offering)
    walk_in(offering.pool)

    close(offering, now=NOW + timedelta(days=1))

    assert status_of(missed) == Status.NO_SHOW


def test_nobody_is_missed_where_no_arrival_at_all_was_noted(offering):
    """The network was gone, or the desk had no time: the notes are missing, not the people."""
    expected = booked(offering)

    close(offering)

    assert status_of(expected) == Status.BOOKED


def test_what_the_centre_disturbed_is_never_missed(offering):
    kept = booked(offering)
    walk_in(offering.pool)
    Booking.objects.filter(pk=kept.pk).update(kept_free=True)
    afternoon = booked(offering, cell=60, phone="13900000002")
    open_day(offering.pool, DAY, end=56)

    close(offering)

    assert (status_of(kept), status_of(afternoon)) == (Status.BOOKED, Status.BOOKED)


def test_a_visit_within_its_grace_is_not_missed(offering):
    last = booked(offering, cell=83)
    walk_in(offering.pool)
    open_day(offering.pool, DAY, end=84)
    Booking.objects.filter(pk=last.pk).update(starts_at=NIGHT)

    close(offering)

    assert status_of(last) == Status.BOOKED


def test_removes_the_claims_of_the_day_only(offering):
    booked(offering)
    tomorrow = make_booking(offering, phone="13900000002")

    close(offering)

    assert set(Claim.objects.values_list("booking_id", flat=True)) == {tomorrow.pk}


def test_freezes_the_figures(offering):
    finished(offering.pool, now=NOW + timedelta(minutes=20), taken_at=NOW)
    rated(Score.DISSATISFIED, pool=offering.pool, now=NINE - timedelta(hours=2))
    walk_in(offering.pool, now=NINE - timedelta(minutes=1))
    booked(offering)

    figures = close(offering).figures

    assert figures["tickets"]["done"] == 2
    assert figures["tickets"]["left"] == 1
    assert figures["bookings"]["no_show"] == figures["no_shows"] == 1
    assert figures["waits"] == {"p50": 0, "p90": 20}
    assert figures["services"] == {"p50": 0, "p90": 0}
    assert figures["evening"] == 2
    assert figures["ratings"] == {"5": 0, "4": 0, "3": 0, "2": 1, "1": 0}


def test_a_second_run_changes_nothing(offering):
    walk_in(offering.pool)
    booked(offering)
    first = close(offering)
    events = Event.objects.count(), TicketEvent.objects.count(), Notification.objects.count()

    again = close(offering, now=NIGHT + timedelta(hours=12))

    assert (again.pk, again.figures, again.closed_at) == (first.pk, first.figures, NIGHT)
    assert events == (
        Event.objects.count(),
        TicketEvent.objects.count(),
        Notification.objects.count(),
    )


def test_the_database_closes_a_day_once(offering):
    closed = close(offering)

    with pytest.raises(IntegrityError), transaction.atomic():
        DayClose.objects.create(centre=closed.centre, date=DAY, closed_at=NIGHT, figures={})


def test_a_broken_booking_does_not_hold_up_the_rest(offering, caplog):
    broken, missed = booked(offering), booked(offering, cell=50, phone="13900000002")
    Booking.objects.filter(pk=broken.pk).update(version=LARGEST[connection.vendor])
    walk_in(offering.pool)

    close(offering)

    assert (status_of(broken), status_of(missed)) == (Status.BOOKED, Status.NO_SHOW)
    assert DayClose.objects.count() == 1
    assert "closing.broken" in caplog.text


def test_the_task_closes_half_an_hour_after_closing_time(offering):
    assert close_days(now=NIGHT - timedelta(seconds=1)) == 0
    assert close_days(now=NIGHT) == 1
    assert close_days(now=NIGHT + timedelta(minutes=15)) == 0


def test_the_task_closes_yesterday_as_well(offering):
    assert close_days(now=NOW + timedelta(days=1)) == 1
    assert DayClose.objects.get().date == DAY


def test_every_centre_closes_by_its_own_hours(offering):
    village = open_offering(pool__centre=CommunityFactory(parent=offering.centre))
    DayPlan.objects.filter(pool=village.pool).update(spans=[[34, 48, 1, 1], [56, 70, 1, 1]])

    assert close_days(now=moment(DAY, 72)) == 1
    assert DayClose.objects.get().centre_id == village.centre_id


def test_a_hall_open_until_midnight_closes_after_it(offering):
    open_day(offering.pool, DAY, end=96)
    midnight = moment(DAY, 96)
    clerk, ticket = called(offering.pool, now=midnight - timedelta(minutes=10))
    begin(clerk=clerk, now=midnight + timedelta(minutes=5))

    assert close_days(now=midnight + timedelta(minutes=29)) == 0
    assert close_days(now=midnight + timedelta(minutes=30)) == 1

    assert state_of(ticket) == TicketState.DONE
    assert ticket.ended_at == midnight + timedelta(minutes=5)
    assert DayClose.objects.get().date == DAY


def test_a_closed_day_is_left_alone_unless_somebody_still_waits(offering):
    ticket = walk_in(offering.pool)
    DayPlan.objects.update(spans=[])
    assert close_days(now=NIGHT) == 0

    assert close_days(now=NOW + timedelta(days=1)) == 1

    assert state_of(ticket) == TicketState.LEFT
    assert Ticket.objects.live().count() == 0


def test_whom_staff_take_after_closing_is_left_in_peace_until_the_date_is_over(offering):
    close_days(now=NIGHT)
    late = NIGHT + timedelta(minutes=5)
    walker = Walker(Source.DESK, "zh-hans")
    clerk = staff_at(offering.centre_id)
    ticket = take_number(pool=offering.pool, walker=walker, now=late, actor=clerk)

    close_days(now=NIGHT + timedelta(minutes=15))
    assert state_of(ticket) == TicketState.WAITING
    close_days(now=moment(DAY, 97))

    assert state_of(ticket) == TicketState.LEFT
    assert DayClose.objects.get().figures["tickets"]["left"] == 0


def test_half_and_nine_in_ten():
    assert rules.spread([]) == {"p50": None, "p90": None}
    assert rules.spread([7]) == {"p50": 7, "p90": 7}
    assert rules.spread([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]) == {"p50": 5, "p90": 9}


def test_the_next_day_begins_at_an_empty_window(offering):
    called(offering.pool)
    close(offering)
    window = WindowSession.objects.get().window
    morning = NOW + timedelta(days=1)
    walk_in(offering.pool, now=morning)

    clerk = clerk_at(offering.pool, now=morning, window=window)

    assert call_next(clerk=clerk, now=morning).date == today(morning)
