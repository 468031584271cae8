"""Days added up: what follows from the sums is what would follow from every visit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.dashboards.reports.rules import Rate, Sums, percentile
from services.closing import rules as closing

WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)
minutes = st.lists(st.integers(0, 300), max_size=20)


def waits(*people):
    """A day's figures with these waits in the hour from ten."""
    hour = {"taken": len(people), "waits": closing.histogram(people)}
    return {"tickets": {"done": len(people)}, "hours": {"10": hour}}


@given(st.lists(minutes, max_size=5), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_percentile_of_many_days_is_that_of_all_people(days, share):
    sums = Sums()
    for people in days:
        sums.add(WEDNESDAY, waits(*people))

    everybody = [wait for people in days for wait in people]

    assert percentile(sums.hours[10].waits, share) == closing.percentile(everybody, share)
    assert percentile(sums.waits(), share) == closing.percentile(everybody, share)


@given(st.lists(st.integers(-60, 60)))
def test_errors_may_be_negative(errors):
    sums = Sums()
    sums.add(WEDNESDAY, {"forecast": {"people": 1, "errors": closing.histogram(errors)}})

    assert percentile(sums.forecast.errors, 0.5) == closing.percentile(errors, 0.5)


@given(minutes, minutes)
def test_the_order_of_days_does_not_matter(monday, tuesday):
    one, other = Sums(), Sums()
    for sums, days in ((one, [monday, tuesday]), (other, [tuesday, monday])):
        for people in days:
            sums.add(WEDNESDAY, waits(*people))

    assert (one.hours, one.weekdays) == (other.hours, other.weekdays)


def test_a_day_closed_before_there_was_a_figure_counts_what_it_has():
    sums = Sums()

    sums.add(WEDNESDAY, {"tickets": {"done": 3, "left": 1}, "evening": 1})
    sums.add(WEDNESDAY, {})

    assert (sums.taken, sums.evening, sums.hours) == (4, 1, {})


def test_weekends_are_saturdays_and_sundays():
    sums = Sums()

    sums.add(WEDNESDAY, waits(1, 2))
    sums.add(SATURDAY, waits(3))

    assert (sums.weekend, sums.taken) == (1, 3)


def test_two_centres_of_one_date_are_one_day():
    sums = Sums()

    sums.add(WEDNESDAY, waits(1))
    sums.add(WEDNESDAY, waits(2))

    assert len(sums.dates[WEDNESDAY.isoweekday()]) == 1


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33), (0, 5, 0), (0, 0, None)])
def test_a_share_of_nothing_is_none(part, whole, percent):
    assert Rate(part, whole).percent == percent
