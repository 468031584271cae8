"""Giving a shift to a colleague: with consent, and both or none."""

from datetime import timedelta

import pytest

from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from services.roster.actions import Duty, change_shift
from services.roster.errors import (
    NotStaffError,
    NotYoursError,
    OnLeaveError,
    PersonBusyError,
    ShiftOverError,
    SwapAskedError,
    SwapOverError,
)
from services.roster.models import ShiftCell, SwapRequest, SwapState
from services.roster.swaps import answer_swap, ask_swap, withdraw_swap
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.opening import TOMORROW
from tests.factories.roster import granted_leave, hours, open_windows, planned
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db
EARLY, LATE = ("09:00", "15:00"), ("15:00", "21:00")


@pytest.fixture
def shifts():
    """The early shift of one person and the late one of another, at one window."""
    window = open_windows()[0]
    return planned(window, times=hours(*EARLY)), planned(window, times=hours(*LATE))


def ask(shift, to, other=None, **fields):
    by = fields.get("by", shift.staff)
    return ask_swap(shift=shift, to=to, other=other, by=by, now=fields.get("now", NOW))


def answer(swap, *, accepted=True, by=None, now=NOW):
    return answer_swap(swap_id=swap.pk, accepted=accepted, by=by or swap.to, now=now)


def holders(*shifts):
    for shift in shifts:
        shift.refresh_from_db()
    return [shift.staff for shift in shifts]


def sent(kind):
    message = Notification.objects.get(kind=kind)
    send_one(message.key, now=NOW)
    message.refresh_from_db()
    return message


def test_nothing_changes_before_the_answer(shifts):
    early, _ = shifts
    colleague = staff_at(early.centre_id)

    ask(early, colleague)

    assert holders(early) != [colleague]
    message = sent("swap_asked")
    assert (message.user, message.state) == (colleague, State.SENT)
    assert "11月26日09:00-15:00" in message.text


def test_accepting_gives_the_shift_away(shifts):
    early, _ = shifts
    asker, colleague = early.staff, staff_at(early.centre_id)

    answer(ask(early, colleague))

    assert holders(early) == [colleague]
    assert early.version == 2
    assert set(early.cells.values_list("staff", flat=True)) == {colleague.pk}
    message = sent("swap_answered")
    assert (message.user, message.state) == (asker, State.SENT)
    assert "已同意" in message.text


def test_two_shifts_of_one_day_change_hands(shifts):
    early, late = shifts
    first, second = early.staff, late.staff

    answer(ask(early, second, late))

    assert holders(early, late) == [second, first]
    assert ShiftCell.objects.count() == 48


def test_declining_changes_nothing(shifts):
    early, late = shifts
    before = holders(early, late)

    answer(ask(early, late.staff, late), accepted=False)

    assert holders(early, late) == before
    assert "未同意" in sent("swap_answered").text


@pytest.mark.parametrize("who", ["asker", "stranger"])
def test_only_the_colleague_consents(shifts, who):
    early, late = shifts
    swap = ask(early, late.staff, late)

    with pytest.raises(NotYoursError):
        answer(swap, by=early.staff if who == "asker" else UserFactory())

    assert SwapRequest.objects.get().state == SwapState.ASKED


def test_nobody_gives_away_what_is_not_theirs(shifts):
    early, late = shifts

    with pytest.raises(NotYoursError):
        ask(early, late.staff, by=late.staff)
    with pytest.raises(NotYoursError):
        ask(early, staff_at(early.centre_id), late)


def test_refuses_who_is_busy(shifts):
    early, _ = shifts
    colleague = staff_at(early.centre_id)
    planned(None, colleague, hours(*EARLY), centre=early.centre)

    with pytest.raises(PersonBusyError):
        ask(early, colleague)


def test_refuses_who_is_on_leave_by_the_time_of_the_answer(shifts):
    early, _ = shifts
    colleague = staff_at(early.centre_id)
    swap = ask(early, colleague)
    granted_leave(colleague, early.centre)

    with pytest.raises(OnLeaveError):
        answer(swap)

    assert SwapRequest.objects.get().state == SwapState.ASKED
    assert holders(early) == [swap.asked_by]


def test_refuses_who_does_not_work_there(shifts):
    with pytest.raises(NotStaffError):
        ask(shifts[0], UserFactory())


def test_asks_one_at_a_time(shifts):
    early, _ = shifts
    ask(early, staff_at(early.centre_id))

    with pytest.raises(SwapAskedError):
        ask(early, staff_at(early.centre_id))


def test_asks_another_after_withdrawing(shifts):
    early, _ = shifts
    swap = ask(early, staff_at(early.centre_id))

    withdraw_swap(swap_id=swap.pk, by=early.staff, now=NOW)

    assert ask(early, staff_at(early.centre_id)).state == SwapState.ASKED
    assert sent_states() == [State.DROPPED, State.SENT]


def sent_states():
    keys = Notification.objects.filter(kind="swap_asked").order_by("pk")
    for message in keys:
        send_one(message.key, now=NOW)
    return [message.state for message in keys.all()]


def test_only_the_asker_withdraws(shifts):
    early, late = shifts

    with pytest.raises(NotYoursError):
        withdraw_swap(swap_id=ask(early, late.staff, late).pk, by=late.staff, now=NOW)


def test_is_answered_once(shifts):
    early, late = shifts
    swap = ask(early, late.staff, late)
    answer(swap, accepted=False)

    with pytest.raises(SwapOverError):
        answer(swap)


@pytest.mark.parametrize("which", [0, 1])
def test_ends_when_a_shift_of_it_changes(shifts, which):
    early, late = shifts
    swap = ask(early, late.staff, late)
    shift = shifts[which]
    duty = Duty(shift.staff, shift.window, TOMORROW + timedelta(days=1), shift.hours)
    change_shift(shift_id=shift.pk, version=1, duty=duty, by=UserFactory(), now=NOW)

    with pytest.raises(SwapOverError):
        answer(swap)


def test_is_too_late_once_the_shift_has_begun(shifts):
    early, _ = shifts
    swap = ask(early, staff_at(early.centre_id))

    with pytest.raises(ShiftOverError):
        answer(swap, now=early.starts_at)
