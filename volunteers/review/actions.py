"""Drawing approved records by lot, checking them, and noting that a pattern is in order."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import moment, today
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.adjustments.actions import propose_correction
from volunteers.hours.errors import AlreadyDecidedError, ReasonWantedError
from volunteers.hours.models import NOTE_LENGTH, HourEntry
from volunteers.review import rules
from volunteers.review.anomalies import Anomaly
from volunteers.review.errors import (
    ApprovedByYouError,
    DismissedAlreadyError,
    NotYourCentreError,
)
from volunteers.review.models import DismissedAnomaly, SampledEntry, SampleState


def draw_sample(*, day: date) -> int:
    """Draw a share of the records approved that day; how many are drawn. Safe to run twice.

    The lot is a keyed hash of day and record: the same on every run, and not to be foreseen by
    whoever approves.
    """
    approved = HourEntry.objects.approved().filter(
        decided_at__gte=moment(day, 0), decided_at__lt=moment(day + timedelta(days=1), 0)
    )
    entries = {entry.pk.hex: entry for entry in approved.select_related("decided_by")}
    keys = rules.drawn(list(entries), settings.HOURS_AUDIT_PERCENT, lambda key: _lot(day, key))
    rows = [_sampled(entries[key], day) for key in keys]
    SampledEntry.objects.bulk_create(rows, ignore_conflicts=True)
    return len(keys)


@transaction.atomic
def check_sample(
    *, sample_id: int, after: int | None, remark: str, by: User, now: datetime
) -> SampledEntry:
    """Say that a drawn record is true, or doubt it: then only `after` minutes of it should stand.

    A doubt proposes that correction; a second person confirms it.

    Raises:
        OwnRecordError, ApprovedByYouError, NotYourCentreError, AlreadyDecidedError,
        ReasonWantedError, RuleError: nothing changed.
    """
    sample = (
        SampledEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entry__team")
        .get(pk=sample_id)
    )
    words = clean_words(remark)[:NOTE_LENGTH]
    _check_checker(sample, by, now)
    if after is not None and not words:
        raise ReasonWantedError
    sample.state = SampleState.VERIFIED if after is None else SampleState.DOUBTED
    sample.checked_by, sample.checked_at, sample.remark = by, now, words
    sample.save(update_fields=["state", "checked_by", "checked_at", "remark"])
    record(by, f"hours.sample_{sample.state}", sample.entry_id.hex)
    if after is not None:
        propose_correction(entry_id=sample.entry_id, after=after, reason=words, by=by, now=now)
    return sample


@transaction.atomic
def dismiss_anomaly(*, anomaly: Anomaly, reason: str, by: User, now: datetime) -> DismissedAnomaly:
    """Note that a pattern was looked into and is in order, and why.

    Raises:
        OwnRecordError, ReasonWantedError, DismissedAlreadyError: nothing was written.
    """
    words = clean_words(reason)[:NOTE_LENGTH]
    if by.pk in anomaly.people:
        raise OwnRecordError
    if not words:
        raise ReasonWantedError
    try:
        with transaction.atomic():
            dismissed = DismissedAnomaly.objects.create(
                kind=anomaly.kind, key=anomaly.key, reason=words, made_by=by, made_at=now
            )
    except IntegrityError:
        raise DismissedAlreadyError from None
    record(by, "hours.anomaly_dismissed", dismissed, kind=anomaly.kind)
    return dismissed


def _sampled(entry: HourEntry, day: date) -> SampledEntry:
    approver = entry.decided_by
    assert approver is not None  # noqa: S101 - approved records have one; tells mypy
    return SampledEntry(entry=entry, day=day, volunteer_id=entry.volunteer_id, approved_by=approver)


def _check_checker(sample: SampledEntry, by: User, now: datetime) -> None:
    day, centre_id = today(now), sample.entry.team.centre_id
    if by.pk == sample.volunteer_id:
        raise OwnRecordError
    if by.pk == sample.approved_by_id:
        raise ApprovedByYouError
    if not (by.manages(centre_id, day) if centre_id else by.is_town_admin(day)):
        raise NotYourCentreError
    if sample.state != SampleState.OPEN:
        raise AlreadyDecidedError


def _lot(day: date, key: str) -> str:
    return salted_hmac("volunteers.audit", f"{day} {key}").hexdigest()
