"""Writing, submitting and publishing observations. Only this file writes them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from thinktank.experts.access import is_member, require_member
from thinktank.experts.errors import ReasonMissingError, TermEndedError
from thinktank.experts.models import ExpertProfile
from thinktank.observations.errors import (
    EmptyReportError,
    FutureObservationError,
    StillInOfficeError,
    UnknownSubjectError,
    WrongStateError,
)
from thinktank.observations.messages import tell_decision
from thinktank.observations.models import (
    NOTE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Interest,
    Observation,
    ObservationState,
)
from thinktank.subjects.evidence import fingerprint, pack, period_before
from thinktank.subjects.registry import KINDS, Subject, look_up


@dataclass(frozen=True)
class Report:
    """What a member writes; `subject` is 'kind:code'."""

    subject: str
    title: str
    method: str
    observed_on: date
    text: str


@transaction.atomic
def save_draft(
    *, report: Report, by: User, now: datetime, observation_id: int | None = None
) -> Observation:
    """Keep a new draft, or a changed one.

    Raises:
        TermEndedError, UnknownSubjectError, FutureObservationError, WrongStateError: nothing
        changed.
    """
    expert = require_member(by, today(now))
    subject = _subject(report.subject)
    if report.observed_on > today(now):
        raise FutureObservationError
    if observation_id is None:
        observation = Observation(author=by, expert=expert, created_at=now)
    else:
        observation = _lock_own(observation_id, by)
        if observation.state != ObservationState.DRAFT:
            raise WrongStateError
    observation.subject_kind, observation.subject_code = subject.kind, subject.code
    observation.subject_title_zh = subject.title_zh
    observation.subject_title_en = subject.title_en
    observation.title = clean_words(report.title)[:TITLE_LENGTH]
    observation.method, observation.observed_on = report.method, report.observed_on
    observation.text = clean_words(report.text)[:TEXT_LENGTH]
    observation.save()
    record(by, "observation.saved", observation, subject=subject.key)
    return observation


@transaction.atomic
def submit_observation(*, observation_id: int, by: User, now: datetime) -> Observation:
    """Hand the report in, and freeze what the ledgers say of its subject at this moment.

    Raises:
        TermEndedError, WrongStateError, EmptyReportError, UnknownSubjectError: nothing changed.
    """
    require_member(by, today(now))
    observation = _lock_own(observation_id, by)
    if observation.state != ObservationState.DRAFT:
        raise WrongStateError
    if not (observation.title and observation.text):
        raise EmptyReportError
    observation.evidence = _draw(_subject(observation.subject_key), now)
    observation.evidence_sha256 = fingerprint(observation.evidence)
    observation.state, observation.submitted_at = ObservationState.SUBMITTED, now
    observation.note = ""
    observation.save(update_fields=["evidence", "evidence_sha256", "state", "submitted_at", "note"])
    record(by, "observation.submitted", observation, sha256=observation.evidence_sha256)
    return observation


@transaction.atomic
def publish_observation(*, observation_id: int, by: User, now: datetime) -> Observation:
    """Make a submitted report public.

    Raises:
        OwnRecordError, WrongStateError: nothing changed.
    """
    observation = _lock_submitted(observation_id, by)
    observation.state, observation.published_at = ObservationState.PUBLISHED, now
    observation.published_by = by
    observation.save(update_fields=["state", "published_at", "published_by"])
    record(by, "observation.published", observation, sha256=observation.evidence_sha256)
    tell_decision(observation, now=now)
    return observation


@transaction.atomic
def return_observation(*, observation_id: int, reason: str, by: User, now: datetime) -> Observation:
    """Give a submitted report back with a reason; its evidence goes and is drawn anew later.

    Raises:
        OwnRecordError, WrongStateError, ReasonMissingError: nothing changed.
    """
    observation = _lock_submitted(observation_id, by)
    observation.note = _reason(reason)
    sha256, observation.evidence_sha256 = observation.evidence_sha256, ""
    observation.state, observation.evidence = ObservationState.DRAFT, None
    observation.submitted_at = None
    observation.save(update_fields=["state", "evidence", "evidence_sha256", "submitted_at", "note"])
    record(by, "observation.returned", observation, sha256=sha256)
    tell_decision(observation, now=now)
    return observation


@transaction.atomic
def withdraw_observation(*, observation_id: int, reason: str, by: User) -> Observation:
    """Take a report back, for a reason that stays on record: its author, or the town.

    The caller's door says whose it is. A published one is public no more; its evidence is kept.

    Raises:
        WrongStateError, ReasonMissingError: nothing changed.
    """
    observation = _lock(observation_id)
    if observation.state == ObservationState.WITHDRAWN:
        raise WrongStateError
    observation.note = _reason(reason)
    observation.state = ObservationState.WITHDRAWN
    observation.save(update_fields=["state", "note"])
    record(by, "observation.withdrawn", observation, reason=observation.note)
    return observation


@transaction.atomic
def hand_over(*, observation_id: int, to_id: int, by: User, now: datetime) -> Observation:
    """Give a draft whose author's term ended to another member; who began it stays on record.

    Raises:
        WrongStateError, StillInOfficeError, TermEndedError: nothing changed.
    """
    observation = _lock(observation_id)
    if observation.state != ObservationState.DRAFT:
        raise WrongStateError
    if is_member(observation.author, today(now)):
        raise StillInOfficeError
    taker = ExpertProfile.objects.select_related("user").get(pk=to_id)
    if not is_member(taker.user, today(now)):
        raise TermEndedError
    observation.begun_by = observation.begun_by or observation.expert
    observation.expert, observation.author = taker, taker.user
    observation.save(update_fields=["begun_by", "expert", "author"])
    record(by, "observation.handed_over", observation, to=taker.code)
    return observation


@transaction.atomic
def declare_interest(*, subject: str, reason: str, by: User, now: datetime) -> Interest:
    """Say that one has an own interest in a subject; saying it twice keeps the first.

    Raises:
        TermEndedError, UnknownSubjectError, ReasonMissingError: nothing was written.
    """
    expert = require_member(by, today(now))
    found, words = _subject(subject), _reason(reason)
    interest, is_new = Interest.objects.get_or_create(
        expert=expert,
        subject_kind=found.kind,
        subject_code=found.code,
        defaults={
            "subject_title_zh": found.title_zh,
            "subject_title_en": found.title_en,
            "reason": words,
            "declared_on": today(now),
        },
    )
    if is_new:
        record(by, "interest.declared", interest, subject=found.key)
    return interest


def _draw(subject: Subject, now: datetime) -> dict[str, object]:
    kind, period = KINDS[subject.kind], period_before(today(now))
    names = {"zh": subject.title_zh, "en": subject.title_en}
    return pack(
        {"kind": subject.kind, "code": subject.code, **names},
        kind.draw(subject.code, period),
        version=kind.version,
        period=period,
        now=now,
    )


def _subject(key: str) -> Subject:
    subject = look_up(key)
    if subject is None:
        raise UnknownSubjectError
    return subject


def _reason(text: str) -> str:
    words = clean_words(text)[:NOTE_LENGTH]
    if not words:
        raise ReasonMissingError
    return words


def _lock(observation_id: int) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("author", "expert").get(pk=observation_id)


def _lock_own(observation_id: int, by: User) -> Observation:
    """One's own; a draft that was handed over meanwhile is somebody else's."""
    observation = _lock(observation_id)
    if observation.author_id != by.pk:
        raise WrongStateError
    return observation


def _lock_submitted(observation_id: int, by: User) -> Observation:
    """A submitted one that somebody else wrote."""
    observation = _lock(observation_id)
    if observation.author_id == by.pk:
        raise OwnRecordError
    if observation.state != ObservationState.SUBMITTED:
        raise WrongStateError
    return observation
