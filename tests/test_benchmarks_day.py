"""The proof of a replayed day finds what it looks for: else a clean day would prove nothing."""

import pytest

from benchmarks.hall_proof import Step, faults_of_numbers, replay

TAKEN = Step(1, 1, "taken", None, None, None)
CALLED = Step(1, 2, "called", 7, "waiting", None)


def test_a_life_without_a_fault():
    lives = replay(
        [
            TAKEN,
            CALLED,
            Step(1, 3, "begun", 7, "called", 7),
            Step(1, 4, "finished", 7, "serving", 7),
            Step(1, 5, "undone", 7, "done", 7),
            Step(1, 6, "held", 7, "serving", 7),
        ]
    )

    assert lives.faults == []
    assert (lives.lives[1].version, lives.lives[1].state, lives.at_window) == (6, "held", {})


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (Step(1, 4, "begun", 7, "called", 7), "version 4 after 2"),
        (Step(1, 3, "called", 7, "waiting", None), "called from waiting"),
        (Step(2, 1, "called", 7, None, None), "while 1 was there"),
    ],
    ids=["lost step", "called twice", "two at a window"],
)
def test_finds(step, fault):
    [found] = replay([TAKEN, CALLED, step]).faults

    assert fault in found


@pytest.mark.parametrize("given", [[1, 3], [1, 1, 2], [2]])
def test_finds_gaps_and_doubled_numbers(given):
    assert len(faults_of_numbers([("town", number) for number in given])) == 1
    assert faults_of_numbers([("town", 2), ("town", 1), ("village", 1)]) == []
