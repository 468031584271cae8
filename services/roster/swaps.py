"""Asking a colleague to take a shift, and the answer: nothing changes hands without consent."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.retries import retry_on_conflict
from services.roster.actions import check_free, lock_people, rewrite
from services.roster.errors import NotYoursError, ShiftOverError, SwapAskedError, SwapOverError
from services.roster.messages import tell_swap
from services.roster.models import Shift, SwapRequest, SwapState


@transaction.atomic
def ask_swap(
    *, shift: Shift, to: User, other: Shift | None, by: User, now: datetime
) -> SwapRequest:
    """Ask `to` to take the shift, maybe for the `other` one of theirs; and tell them.

    Raises:
        NotYoursError, ShiftOverError, SwapAskedError, NotStaffError, OnLeaveError,
        PersonBusyError: nothing was written.
    """
    if shift.staff_id != by.pk or to == by or (other and other.staff_id != to.pk):
        raise NotYoursError
    swap = SwapRequest(shift=shift, other_shift=other, asked_by=by, to=to, asked_at=now)
    _check_hands(swap, now)
    try:
        with transaction.atomic():
            swap.save(force_insert=True)
    except IntegrityError as refusal:
        raise SwapAskedError from refusal
    record(by, "swap.asked", swap, centre_id=shift.centre_id, shift=shift.pk, to=to.pk)
    tell_swap(swap, now=now)
    return swap


@retry_on_conflict
@transaction.atomic
def answer_swap(*, swap_id: int, accepted: bool, by: User, now: datetime) -> SwapRequest:
    """Accept, and the shifts change hands at once; or decline. The one who asked is told.

    Raises:
        NotYoursError, SwapOverError, ShiftOverError, NotStaffError, OnLeaveError,
        PersonBusyError: nothing was written.
    """
    swap = _lock(swap_id)
    if swap.to_id != by.pk:
        raise NotYoursError
    if accepted:
        _check_hands(swap, now)
        _close(swap, SwapState.ACCEPTED, now)
        _change_hands(swap, now)
    else:
        _close(swap, SwapState.DECLINED, now)
    record(by, f"swap.{swap.state}", swap, centre_id=swap.shift.centre_id, shift=swap.shift_id)
    tell_swap(swap, now=now)
    return swap


@transaction.atomic
def withdraw_swap(*, swap_id: int, by: User, now: datetime) -> SwapRequest:
    """Take the request back before it is answered.

    Raises:
        NotYoursError, SwapOverError: nothing was written.
    """
    swap = _lock(swap_id)
    if swap.asked_by_id != by.pk:
        raise NotYoursError
    _close(swap, SwapState.WITHDRAWN, now)
    record(by, "swap.withdrawn", swap, centre_id=swap.shift.centre_id, shift=swap.shift_id)
    return swap


def _lock(swap_id: int) -> SwapRequest:
    """The open request and its shifts as they are now, locked: shifts in pk order.

    Raises:
        SwapOverError
    """
    swap = SwapRequest.objects.select_for_update(no_key=True).open().filter(pk=swap_id).first()
    if swap is None:
        raise SwapOverError
    wanted = [pk for pk in (swap.shift_id, swap.other_shift_id) if pk]
    locked = Shift.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    shifts = {shift.pk: shift for shift in locked}
    swap.shift = shifts[swap.shift_id]
    swap.other_shift = shifts[swap.other_shift_id] if swap.other_shift_id else None
    givers = [swap.shift.staff_id, swap.other_shift.staff_id if swap.other_shift else swap.to_id]
    if givers != [swap.asked_by_id, swap.to_id]:
        raise SwapOverError
    return swap


def _hands(swap: SwapRequest) -> list[tuple[Shift, User]]:
    """Each shift with the person who would take it."""
    hands = [(swap.shift, swap.to)]
    return [*hands, (swap.other_shift, swap.asked_by)] if swap.other_shift else hands


def _check_hands(swap: SwapRequest, now: datetime) -> None:
    """Refuse when a shift has begun, or one of the people cannot take the other's."""
    hands = _hands(swap)
    shifts = [shift for shift, _ in hands]
    if any(shift.starts_at <= now for shift in shifts):
        raise ShiftOverError
    people = lock_people(taker.pk for _, taker in hands)
    for shift, taker in hands:
        check_free(shift, people[taker.pk], besides=shifts)


def _change_hands(swap: SwapRequest, now: datetime) -> None:
    hands = _hands(swap)
    for shift, taker in hands:
        shift.staff = taker
    rewrite([shift for shift, _ in hands], now=now)


def _close(swap: SwapRequest, state: SwapState, now: datetime) -> None:
    swap.state, swap.answered_at = state, now
    swap.save(update_fields=["state", "answered_at"])
