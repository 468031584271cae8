"""Dates that differ: closed, late, early, or hours of their own."""

from dataclasses import dataclass
from datetime import date, time

import pytest

from services.hours.rules import Day, Span, plan_day

DAY = date(2026, 11, 25)


@dataclass
class Pool:
    pk: int = 1
    lanes_online: int = 3
    lanes_total: int = 5


@dataclass
class Rule:
    opens: time
    closes: time
    pool_id: int | None = None
    weekdays: str = "1234567"
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None
    on_holidays: bool = False
    lanes_online: int | None = None
    lanes_total: int | None = None


@dataclass
class Differing:
    opens: time | None = None
    closes: time | None = None
    pool_id: int | None = None
    reason_zh: str = "台风"
    reason_en: str = "typhoon"


USUAL = [Rule(time(9), time(12)), Rule(time(14), time(18), lanes_online=1, lanes_total=2)]


def day_with(*exceptions, rules=USUAL):
    return plan_day(Pool(), DAY, rules=rules, exceptions=exceptions, special=None)


@pytest.mark.parametrize(
    ("opens", "closes", "spans"),
    [
        (time(10), None, [Span(40, 48, 3, 5), Span(56, 72, 1, 2)]),
        (time(13), None, [Span(56, 72, 1, 2)]),
        (None, time(16), [Span(36, 48, 3, 5), Span(56, 64, 1, 2)]),
        (None, time(14), [Span(36, 48, 3, 5)]),
        (time(8), time(20), [Span(32, 80, 3, 5)]),
    ],
    ids=["late", "after noon", "early", "at noon", "hours of its own"],
)
def test_opens_as_the_exception_says(opens, closes, spans):
    assert day_with(Differing(opens, closes)).spans == tuple(spans)


@pytest.mark.parametrize("exception", [Differing(), Differing(closes=time(9))])
def test_says_why_nothing_is_left(exception):
    assert day_with(exception) == Day((), "台风", "typhoon")


def test_does_not_open_a_day_that_is_closed_anyway():
    assert day_with(Differing(closes=time(12)), rules=[]) == Day(())


def test_the_pools_own_exception_goes_before_the_centres():
    own = Differing(closes=time(10), pool_id=1)

    assert day_with(Differing(), own).spans == (Span(36, 40, 3, 5),)
