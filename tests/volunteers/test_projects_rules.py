"""The table of steps, the gates, and the progress."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteers.projects import rules
from volunteers.projects.rules import Act, Facts, MilestoneState, Part, State

DAY = date(2026, 11, 25)
WHOLE = Facts(
    has_target=True,
    has_result=True,
    first_day=DAY,
    last_day=DAY,
    milestones=2,
    open_milestones=0,
    befores=1,
    afters=1,
)
milestones = st.lists(st.tuples(st.integers(1, 100), st.sampled_from(MilestoneState.values)))


def test_the_table_names_each_step_once_and_ends_where_nothing_follows():
    lines = [(step.start, step.act) for step in rules.STEPS]

    assert len(lines) == len(set(lines))
    assert {step.start for step in rules.STEPS} == set(rules.OPEN_STATES)
    assert {step.to for step in rules.STEPS} == set(State)
    assert {step.act for step in rules.STEPS} == set(Act)


@pytest.mark.parametrize("act", [Act.APPROVE, Act.RETURN, Act.COMPLETE, Act.REOPEN])
def test_who_does_the_work_never_decides_on_it(act):
    assert {part for step in rules.STEPS if step.act == act for part in step.parts} == {
        Part.DECIDES
    }


@pytest.mark.parametrize(
    ("act", "gap"),
    [
        (Act.PROPOSE, {"has_target": False}),
        (Act.PROPOSE, {"first_day": None}),
        (Act.PROPOSE, {"last_day": None}),
        (Act.PROPOSE, {"milestones": 0}),
        (Act.SUBMIT, {"open_milestones": 1}),
        (Act.SUBMIT, {"milestones": 0}),
        (Act.SUBMIT, {"befores": 0}),
        (Act.SUBMIT, {"afters": 0}),
        (Act.COMPLETE, {"has_result": False}),
    ],
)
def test_a_gate_says_the_one_thing_that_is_missing(act, gap):
    facts = Facts(**{**vars(WHOLE), **gap})

    assert rules.missing(act, WHOLE) == []
    assert len(rules.missing(act, facts)) == 1


@given(milestones)
def test_progress_is_whole_exactly_when_all_that_was_kept_is_done(steps):
    kept = [state for _weight, state in steps if state != MilestoneState.DROPPED]
    percent = rules.progress(steps)

    assert 0 <= percent <= 100
    assert (percent == 100) == (bool(kept) and set(kept) == {MilestoneState.DONE})


@given(milestones, st.data())
def test_one_more_done_never_sets_a_project_back(steps, data):
    left = [n for n, (_weight, state) in enumerate(steps) if state == MilestoneState.OPEN]
    if not left:
        return
    ticked = data.draw(st.sampled_from(left))
    after = [
        (weight, MilestoneState.DONE if n == ticked else state)
        for n, (weight, state) in enumerate(steps)
    ]

    assert rules.progress(after) >= rules.progress(steps)
