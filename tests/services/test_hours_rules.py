"""What a day's opening follows from, whatever a centre has written down."""

from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import CELLS_PER_DAY
from services.hours.rules import closed_from, lane_table, lanes_at, plan_day, span_union
from tests.services.test_hours_exceptions import Differing, Pool, Rule

DAY = date(2026, 11, 25)
CLOCKS = st.integers(0, CELLS_PER_DAY - 1).map(lambda cell: time(cell // 4, cell % 4 * 15))
PERIODS = st.lists(CLOCKS, min_size=2, max_size=2, unique=True).map(sorted)
SPANS = st.lists(
    st.builds(
        lambda first, cells: [first, first + cells, 1, 1], st.integers(0, 12), st.integers(1, 6)
    )
)
LANES = st.none() | st.integers(0, 6)
WHOLE_DAY = Rule(time(0), time(23, 59))


@st.composite
def rules_of_a_pool(draw):
    opens, closes = draw(PERIODS)
    return Rule(
        opens,
        closes,
        pool_id=draw(st.sampled_from([None, 1, 2])),
        weekdays=draw(st.sampled_from(["1234567", "3", "12", "67"])),
        valid_from=DAY + timedelta(days=draw(st.integers(-2, 1))),
        valid_to=draw(st.none() | st.just(DAY) | st.just(DAY - timedelta(days=1))),
        lanes_online=draw(LANES),
        lanes_total=draw(LANES),
    )


@st.composite
def exceptions(draw):
    opens, closes = draw(PERIODS)
    return Differing(
        draw(st.sampled_from([None, opens])),
        draw(st.sampled_from([None, closes])),
        pool_id=draw(st.sampled_from([None, 1])),
    )


def spans_of(rules, differing=()):
    day = plan_day(Pool(), DAY, rules=rules, exceptions=differing, special=None)
    return [span.as_list() for span in day.spans]


def open_cells(rules, *differing):
    return set(lane_table(spans_of(rules, differing)))


RULES = st.lists(rules_of_a_pool(), max_size=5)


@given(rules=RULES, differing=st.lists(exceptions(), max_size=2))
def test_a_day_is_in_order_without_overlap_or_more_bookings_than_windows(rules, differing):
    end_before = 0
    for first, end, online, total in spans_of(rules, differing):
        assert end_before <= first < end <= CELLS_PER_DAY
        assert 0 <= online <= total
        end_before = end


@given(rules=RULES)
def test_rules_of_the_pool_win_over_those_of_the_centre(rules):
    own = [rule for rule in rules if rule.pool_id == 1]
    others = [rule for rule in rules if rule.pool_id != 2]

    assert spans_of(rules) == spans_of(others)
    if open_cells(own):
        assert spans_of(rules) == spans_of(own)


@given(rules=RULES, differing=exceptions())
def test_opening_late_or_closing_early_opens_nothing(rules, differing):
    is_trimming = (differing.opens is None) != (differing.closes is None)
    before, after = open_cells(rules), open_cells(rules, differing)

    if is_trimming:
        assert after <= before
    elif differing.opens is None:
        assert not after


@given(rules=RULES)
def test_the_table_and_the_single_cell_agree(rules):
    spans = spans_of(rules)
    table = lane_table(spans)

    assert [table.get(cell, 0) for cell in range(CELLS_PER_DAY)] == [
        lanes_at(spans, cell) for cell in range(CELLS_PER_DAY)
    ]


@given(spans=SPANS)
def test_a_centre_is_open_while_one_of_its_pools_is(spans):
    union = span_union(spans)

    cells = [cell for first, end in union for cell in range(first, end)]
    assert cells == sorted(lane_table(spans))
    assert all(end < first for (_, end), (first, _) in pairwise(union))


@given(differing=exceptions(), at=st.none() | CLOCKS)
def test_closing_from_a_time_closes_that_and_no_more(differing, at):
    before = open_cells([WHOLE_DAY], differing)
    cells_left = 0 if at is None else at.hour * 4 + at.minute // 15

    opens, closes = closed_from(differing.opens, differing.closes, at)

    assert opens is None or closes is None or opens < closes
    after = open_cells([WHOLE_DAY], Differing(opens, closes, differing.pool_id))
    assert after == {cell for cell in before if cell < cells_left}
