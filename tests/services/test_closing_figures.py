"""What of a day is frozen hour by hour, so that reports can add days up."""

from datetime import timedelta

import pytest

from lishui_center.common.clock import moment, today
from services.closing import rules
from services.closing.figures import DayRows, figures_of, summarise
from services.ratings.models import Score
from services.tickets.models import Ticket, TicketState
from tests.factories.hall import called, finished, make_hall, walk_in
from tests.factories.services import NOW, PoolFactory, open_day

DAY = today(NOW)
MINUTE = timedelta(minutes=1)


def ticket(*, taken=40, waited=0, took=None, window=1, told=None):
    """Taken in the cell, called and served so many minutes later."""
    taken_at = moment(DAY, taken)
    called_at = taken_at + waited * MINUTE
    p50, p90 = told or (None, None)
    return Ticket(
        state=TicketState.WAITING if took is None else TicketState.DONE,
        taken_at=taken_at,
        called_at=called_at,
        started_at=None if took is None else called_at,
        ended_at=None if took is None else called_at + took * MINUTE,
        window_id=window,
        forecast_p50=p50,
        forecast_p90=p90,
    )


def hours_of(*tickets, planned=None):
    return summarise(DayRows(tickets, {}, {}, planned or {}))["hours"]


def test_follows_from_tickets_bookings_and_ratings_alone():
    figures = summarise(DayRows([], {}, {}))

    assert (figures["hours"], figures["forecast"]["people"]) == ({}, 0)


def test_counts_a_wait_in_the_hour_of_the_number_and_a_visit_in_the_hour_it_began():
    hours = hours_of(ticket(taken=43, waited=20, took=5))

    assert hours["10"]["taken"] == 1
    assert hours["10"]["waits"] == {"20": 1}
    assert hours["10"]["services"] == {}
    assert hours["11"]["services"] == {"5": 1}


def test_adds_up_people_of_the_same_minutes():
    hours = hours_of(ticket(waited=3), ticket(waited=3), ticket(waited=4))

    assert hours["10"]["waits"] == {"3": 2, "4": 1}


def test_counts_a_window_once_an_hour_in_each_hour_of_a_visit():
    long, short = ticket(taken=43, took=40), ticket(taken=40, took=5)
    other = ticket(taken=41, took=5, window=2)

    hours = hours_of(long, short, other)

    assert (hours["10"]["used"], hours["11"]["used"]) == (2, 1)


def test_a_window_where_nobody_was_served_is_open_and_not_used():
    hours = hours_of(ticket(taken=40), planned={10: 3, 11: 3})

    assert (hours["10"]["used"], hours["10"]["planned"]) == (0, 3)
    assert hours["11"]["planned"] == 3


def test_compares_the_wait_with_what_was_told():
    told = [ticket(waited=wait, told=(10, 20)) for wait in (5, 10, 20, 21)]

    forecast = summarise(DayRows([*told, ticket(waited=9)], {}, {}))["forecast"]

    assert (forecast["people"], forecast["within"]) == (4, 3)
    assert forecast["errors"] == {"-5": 1, "0": 1, "10": 1, "11": 1}


def test_a_visit_past_midnight_belongs_to_the_hours_of_its_day():
    late = moment(DAY, 92)

    assert list(rules.hours_touched(late, late + timedelta(hours=2))) == [23]
    assert list(rules.hours_touched(late, None)) == [23]


def test_windows_of_an_hour_are_the_most_of_each_pool_together():
    morning, broken = [[34, 48, 1, 2], [56, 66, 2, 4]], [[36, 38, 1, 1], [38, 40, 2, 3]]

    windows = rules.windows_by_hour([morning, broken, []])

    assert windows == {8: 2, 9: 5, 10: 2, 11: 2, 14: 4, 15: 4, 16: 4}


@pytest.mark.django_db
def test_reads_the_rows_of_several_centres_at_once(django_assert_num_queries):
    pool = make_hall().pool
    finished(pool, now=NOW + 20 * MINUTE, taken_at=NOW)
    called(pool, now=NOW)
    other = PoolFactory(centre=pool.centre)
    open_day(other, DAY, first=40, end=44)

    with django_assert_num_queries(4):
        figures = figures_of([pool.centre_id], DAY)

    assert figures["tickets"]["done"] == 1
    assert figures["hours"]["10"]["planned"] == pool.lanes_total + other.lanes_total
    assert figures["hours"]["9"]["planned"] == pool.lanes_total
    assert figures["ratings"] == {str(score.value): 0 for score in Score}


@pytest.mark.django_db
def test_leaves_out_other_centres_and_days():
    pool = make_hall().pool
    walk_in(pool)

    assert figures_of([pool.centre_id + 1], DAY)["tickets"]["waiting"] == 0
    assert figures_of([pool.centre_id], DAY + timedelta(days=1))["tickets"]["waiting"] == 0
    assert figures_of([pool.centre_id], DAY)["tickets"]["waiting"] == 1
