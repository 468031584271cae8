"""Announcing, awarding, declining and taking back a star. Nobody decides on their own.

A star goes reached → announced → awarded; an objection stops it until somebody else settled it.
Source: domain.md, "Volunteer hours".
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.dates import short_date
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.hours.errors import ReasonWantedError
from volunteers.recognition import rules
from volunteers.recognition.access import awards_managed_by, minutes_of, notice_until
from volunteers.recognition.errors import (
    HoursMissingError,
    HoursSufficeError,
    NoticeRunsError,
    NotYourVolunteerError,
    SecondPersonError,
    WrongStateError,
)
from volunteers.recognition.ledger import totals
from volunteers.recognition.messages import tell_volunteer
from volunteers.recognition.models import IN_PUBLIC, REASON_LENGTH, AwardState, StarAward


@transaction.atomic
def announce_stars(*, award_ids: Sequence[int], by: User, now: datetime) -> tuple[int, int]:
    """Open the public notice for those that `by` may announce: (announced, left as they were).

    Left are a person's own, those of other centres, and those whose hours no longer suffice.
    """
    found = awards_managed_by(by, today(now)).in_state(AwardState.ELIGIBLE)
    found = found.filter(pk__in=award_ids, volunteer__is_active=True).exclude(volunteer=by)
    locked = found.select_for_update(of=("self",), no_key=True).select_related("volunteer")
    awards = list(locked.order_by("pk"))
    minutes = totals({award.volunteer_id for award in awards})
    until = notice_until(today(now))
    announced = 0
    for award in awards:
        award.minutes = minutes.get(award.volunteer_id, 0)
        if not rules.is_reached(award.level, award.minutes):
            continue
        award.announced_on, award.notice_until, award.proposed_by = today(now), until, by
        fields = ("minutes", "announced_on", "notice_until", "proposed_by")
        _move(award, AwardState.ANNOUNCED, by, fields, now=now)
        announced += 1
    return announced, len(set(award_ids)) - announced


@transaction.atomic
def award_star(*, award_id: int, by: User, now: datetime) -> StarAward:
    """Award a star after its notice; never by the one who announced it.

    Raises:
        OwnRecordError, NotYourVolunteerError, WrongStateError, SecondPersonError,
        NoticeRunsError, HoursMissingError: nothing changed.
    """
    award = lock_award(award_id, by, [AwardState.ANNOUNCED], now=now)
    if award.proposed_by_id == by.pk:
        raise SecondPersonError
    until = award.notice_until
    if until is None or not rules.notice_is_over(until, today(now)):
        raise NoticeRunsError(until=short_date(until or today(now)))
    if not rules.is_reached(award.level, minutes_of(award)):
        raise HoursMissingError
    award.awarded_on, award.awarded_by = today(now), by
    return _move(award, AwardState.AWARDED, by, ("awarded_on", "awarded_by"), now=now)


@transaction.atomic
def decline_star(*, award_id: int, by: User, reason: str, now: datetime) -> StarAward:
    """Decide that a star is not awarded, and say why; the volunteer reads it.

    Raises:
        OwnRecordError, NotYourVolunteerError, WrongStateError, ReasonWantedError: nothing changed.
    """
    award = lock_award(award_id, by, [AwardState.ELIGIBLE, AwardState.ANNOUNCED], now=now)
    return close_award(award, AwardState.DECLINED, by, reason, now=now)


@transaction.atomic
def revoke_star(*, award_id: int, by: User, reason: str, now: datetime) -> StarAward:
    """Take back a star whose hours have fallen below it. No machine does so by itself.

    Raises:
        OwnRecordError, NotYourVolunteerError, WrongStateError, HoursSufficeError,
        ReasonWantedError: nothing changed.
    """
    award = lock_award(award_id, by, [AwardState.AWARDED], now=now)
    if rules.is_reached(award.level, minutes_of(award)):
        raise HoursSufficeError
    return close_award(award, AwardState.REVOKED, by, reason, now=now)


def lock_award(
    award_id: int, by: User, states: Sequence[AwardState], *, now: datetime
) -> StarAward:
    """The star in one of the states, locked, for somebody who may decide on it.

    Raises:
        OwnRecordError, NotYourVolunteerError, WrongStateError
    """
    locked = StarAward.objects.select_for_update(of=("self",), no_key=True)
    award = locked.select_related("volunteer").get(pk=award_id)
    if award.volunteer_id == by.pk:
        raise OwnRecordError
    if not awards_managed_by(by, today(now)).filter(pk=award.pk).exists():
        raise NotYourVolunteerError
    if award.state not in states:
        raise WrongStateError
    return award


def close_award(
    award: StarAward, state: AwardState, by: User, reason: str, *, now: datetime
) -> StarAward:
    """End the locked star's way with a reason; in the caller's transaction.

    Raises:
        ReasonWantedError: nothing was written.
    """
    award.reason = clean_words(reason)[:REASON_LENGTH]
    if not award.reason:
        raise ReasonWantedError
    award.closed_by, award.closed_at = by, now
    return _move(award, state, by, ("reason", "closed_by", "closed_at"), now=now)


def put_back(award: StarAward) -> None:
    """Stop an announced star for an objection, or let it go on after the last one is settled."""
    is_open = award.objections.open().exists()
    state = AwardState.OBJECTED if is_open else AwardState.ANNOUNCED
    still_public = StarAward.objects.filter(pk=award.pk, state__in=IN_PUBLIC)
    still_public.update(state=state, version=F("version") + 1)


def _move(
    award: StarAward, state: AwardState, by: User, fields: Sequence[str], *, now: datetime
) -> StarAward:
    award.state = state
    award.version += 1
    award.save(update_fields=["state", "version", *fields])
    record(by, f"star.{state}", award, level=award.level, minutes=award.minutes)
    tell_volunteer(award, now=now)
    return award
