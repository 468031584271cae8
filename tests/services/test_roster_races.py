"""Two managers plan at once: no person is at two places, no window has two people."""

import pytest
from django.db import IntegrityError, transaction

from services.roster import actions
from services.roster.leaves import decide_leave
from services.roster.models import Leave, LeaveState, Shift, ShiftCell
from services.roster.swaps import answer_swap, ask_swap
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.at_once import at_once
from tests.factories.roster import asked_leave, hours, open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_planned_at_two_windows_at_once_is_at_one():
    windows = open_windows(4)
    staff = staff_at(windows[0].centre_id)

    works = [lambda window=window: planned(window, staff) and "planned" for window in windows]
    answers = at_once(*works)

    assert sorted(answers) == ["person_busy"] * 3 + ["planned"]
    assert Shift.objects.count() == 1
    assert ShiftCell.objects.count() == 48


def test_two_people_planned_at_one_window_at_once_are_one():
    window = open_windows()[0]
    people = [staff_at(window.centre_id) for _ in range(4)]

    answers = at_once(*[lambda who=who: planned(window, who) and "planned" for who in people])

    assert sorted(answers) == ["planned"] + ["window_taken"] * 3
    assert ShiftCell.objects.count() == 48


def test_without_looking_first_the_database_still_refuses(monkeypatch):
    window = open_windows()[0]
    staff = staff_at(window.centre_id)
    planned(window, staff)
    monkeypatch.setattr(actions, "_check", lambda shift, now: None)

    with pytest.raises(IntegrityError), transaction.atomic():
        planned(window, staff, hours("12:00", "13:00"))

    assert Shift.objects.count() == 1


def test_planning_and_granting_leave_at_once_is_one_of_both():
    window = open_windows()[0]
    staff, judge = staff_at(window.centre_id), UserFactory()
    leave = asked_leave(staff, window.centre)

    at_once(
        lambda: planned(window, staff),
        lambda: decide_leave(leave_id=leave.pk, granted=True, note="", by=judge, now=NOW),
    )

    is_granted = Leave.objects.get().state == LeaveState.GRANTED
    assert is_granted is not Shift.objects.exists()


def test_a_swap_answered_twice_at_once_changes_hands_once():
    window = open_windows()[0]
    shift = planned(window)
    colleague = staff_at(window.centre_id)
    swap = ask_swap(shift=shift, to=colleague, other=None, by=shift.staff, now=NOW)

    def accept():
        return answer_swap(swap_id=swap.pk, accepted=True, by=colleague, now=NOW).state

    answers = at_once(*[accept] * 4)

    shift.refresh_from_db()
    assert sorted(answers) == ["accepted"] + ["swap_over"] * 3
    assert (shift.staff, shift.version) == (colleague, 2)
