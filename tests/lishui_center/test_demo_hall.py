"""The halls of the demo: past days that could have been, and nothing left to settle."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import Count, F, Max, Q
from pytest_django import DjangoDbBlocker

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE, today
from lishui_center.demo.load import load
from services.bookings.models import Booking, Status
from services.closing.access import due_days
from services.closing.actions import close_days
from services.closing.figures import figures_of
from services.closing.models import DayClose
from services.ratings.models import FollowUp, Rating, Score
from services.tickets.models import Ticket, TicketCounter, TicketState
from services.windows.models import WindowSession

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=ZONE)
SHORT = 0.1  # Six days of history.

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(now=NOW, scale=SHORT)
        yield
        transaction.set_rollback(True)


def test_has_served_people_at_every_centre():
    assert Ticket.objects.filter(state=TicketState.DONE).values("centre").distinct().count() == 41


def test_gives_everybody_who_came_with_a_booking_a_number():
    came = Booking.objects.filter(status=Status.DONE, date__lt=today(NOW))

    assert came.exists()
    assert not came.annotate(numbers=Count("tickets")).exclude(numbers=1).exists()


def test_numbers_every_queue_without_a_gap():
    queues = Ticket.objects.order_by().values("centre", "date", "prefix")

    assert all(
        row["last"] == row["count"]
        for row in queues.annotate(last=Max("number"), count=Count("pk"))
    )


def test_counts_on_from_the_last_number_of_today():
    for counter in TicketCounter.objects.all():
        given = Ticket.objects.of_day(counter.centre, counter.date).filter(prefix=counter.prefix)
        assert counter.last == given.count()


def test_serves_nobody_before_they_came_and_nobody_in_the_future():
    upside_down = Q(called_at__lt=F("taken_at")) | Q(started_at__lt=F("called_at"))
    future = Q(ended_at__gt=NOW) | Q(taken_at__gt=NOW)

    assert not Ticket.objects.filter(upside_down | future | Q(ended_at__lt=F("taken_at"))).exists()


def test_never_has_two_people_at_one_window():
    served = Ticket.objects.filter(started_at__isnull=False).order_by("window", "started_at")
    spans = list(served.values_list("window", "started_at", "ended_at"))

    assert all(
        first[0] != second[0] or first[2] is None or first[2] <= second[1]
        for first, second in pairwise(spans)
    )


def test_lets_some_miss_the_call_and_some_go():
    over = Ticket.objects.filter(date__lt=today(NOW))
    missed = over.filter(Q(state=TicketState.NO_SHOW) | Q(returns=1)).count() / over.count()

    assert 0.02 < missed < 0.08
    assert over.filter(state=TicketState.LEFT).exists()


def test_is_open_tonight_with_clerks_and_people_waiting():
    waiting = Ticket.objects.filter(centre__code="town", state=TicketState.WAITING)

    assert WindowSession.objects.serving().exists()
    assert waiting.exists()


def test_is_very_satisfied_but_for_a_few():
    ratings = Rating.objects.all()

    assert ratings.filter(score=Score.VERY_SATISFIED).count() / ratings.count() > 0.97
    assert FollowUp.objects.count() == ratings.bad().count() > 0


def test_leaves_days_nothing_to_close():
    assert not list(due_days(NOW))
    assert close_days(now=NOW) == 0


def test_closed_each_day_with_the_figures_of_its_rows():
    closed = DayClose.objects.filter(centre__code="town").select_related("centre")

    assert closed.count() == 6
    assert all(day.figures == figures_of([day.centre.pk], day.date) for day in closed)


def test_lets_no_account_of_the_demo_sit_at_a_window():
    clerk = User.objects.get(email="clerk@demo.lishui")

    assert not WindowSession.objects.running().filter(clerk=clerk).exists()
