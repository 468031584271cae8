"""Taking a need in, and following one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import ZONE, today
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.retries import retry_on_conflict
from lishui_center.photos.models import Photo
from services.bookings.errors import IdempotencyError
from services.centres.models import Centre
from services.clocks.actions import start_clocks
from services.requests.access import SECRET_LENGTH, unit_for
from services.requests.errors import TextMissingError, TooManyNeedsError
from services.requests.followers import Follower, RequestCounter
from services.requests.models import (
    PLACE_LENGTH,
    TEXT_LENGTH,
    Channel,
    RequestPhoto,
    ServiceRequest,
)
from services.requests.personal import has_personal_data, hide_personal_data
from services.requests.rules import PER_PHONE_A_DAY, Party, reference_text
from services.standing.rules import clean_words
from services.tracking.actions import By, note_received
from services.tracking.messages import tell_following, tell_received


@dataclass(frozen=True)
class Contact:
    """Where somebody wants to be told; all may be empty, and then only the link remains.

    `consent` names the words to which somebody agreed who was not at the keyboard.
    """

    language: str
    user: User | None = None
    phone: str = ""
    email: str = ""
    consent: str = ""

    @property
    def is_reachable(self) -> bool:
        return bool(self.user or self.phone or self.email)


@dataclass(frozen=True)
class Report:
    """What is asked for. Whoever writes it down for somebody is `entered_by`.

    `visited_by` is the code of the team on whose visit that was; then `entered_by` is its member.
    """

    centre: Centre
    category: str
    text: str
    contact: Contact
    channel: Channel
    place: str = ""
    entered_by: User | None = None
    photos: Sequence[Photo] = ()
    idempotency_key: str | None = None
    visited_by: str = ""

    @property
    def digest(self) -> str:
        """Equal for equal contents: tells a replay from a key used twice."""
        content = [self.centre.code, self.category, self.text, self.place, self.contact.phone]
        return lookup_hash(json.dumps(content), purpose="request")


@dataclass(frozen=True)
class Reported:
    """The reporter's entry, with the need; `is_new` is false for a replay."""

    follower: Follower
    is_new: bool


@retry_on_conflict
@transaction.atomic
def report_need(*, report: Report, now: datetime) -> Reported:
    """Take the need in, give it its number and start its clocks.

    Words that name a telephone or an identity number are held back from everybody but staff.

    Raises:
        TextMissingError, TooManyNeedsError, IdempotencyError: nothing was written.
    """
    if replayed := _replayed(report):
        return Reported(replayed, is_new=False)
    text = clean_words(report.text)[:TEXT_LENGTH]
    if not text:
        raise TextMissingError
    day = today(now)
    number = _next_number(day)
    if not report.entered_by or report.visited_by:
        _check_often(report.contact.phone, day)
    need = _store(report, text, reference_text(day, number), now)
    follower = _follow(need, report.contact, is_reporter=True, now=now)
    by = _written_by(report)
    note_received(need, by=by, now=now)
    start_clocks(need, now=now)
    tell_received(follower, now=now)
    record(
        by.user,
        "need.submitted",
        need,
        centre_id=need.responsible_id,
        category=need.category,
        channel=need.channel,
        held=need.is_held,
        consent=report.contact.consent,
    )
    return Reported(follower, is_new=True)


@retry_on_conflict
@transaction.atomic
def follow_need(
    *, need: ServiceRequest, contact: Contact, now: datetime, by: User | None = None
) -> Follower:
    """Have the person told of the need's steps too; `by` is whoever notes it for them.

    Whoever follows with an account twice gets the same link. A phone that is told already is not
    told twice, and its link is not given away: the newcomer has a link without messages.

    Raises:
        TooManyNeedsError: nothing was written.
    """
    if contact.user:
        known = Follower.objects.filter(request=need, user=contact.user).first()
        if known:
            return known
    _check_often(contact.phone, today(now))
    follower = _follow(need, contact, is_reporter=False, now=now)
    tell_following(follower, now=now)
    record(
        by or contact.user,
        "need.followed",
        need,
        centre_id=need.responsible_id,
        consent=contact.consent,
    )
    return follower


def _written_by(report: Report) -> By:
    if report.entered_by is None:
        return By(Party.RESIDENT, report.contact.user)
    return By(Party.UNIT if report.visited_by else Party.DESK, report.entered_by)


def _replayed(report: Report) -> Follower | None:
    if not report.idempotency_key:
        return None
    known = ServiceRequest.objects.filter(idempotency_key=report.idempotency_key).first()
    if known is None:
        return None
    if known.request_hash != report.digest:
        raise IdempotencyError
    return Follower.objects.select_related("request").get(request=known, is_reporter=True)


def _next_number(day: date) -> int:
    """The day's next serial number; the row stays locked until the need is stored."""
    counter = RequestCounter.objects.filter(date=day)
    if not counter.update(last=F("last") + 1):
        # Two may begin at once: the second one's INSERT fails, and the action runs again.
        return RequestCounter.objects.create(date=day, last=1).last
    return counter.get().last


def _check_often(phone: str, day: date) -> None:
    since = datetime.combine(day, time(), ZONE)
    told = Follower.objects.exclude(phone_hash="").filter(created_at__gte=since)
    if phone and told.filter(phone_hash=lookup_hash(phone)).count() >= PER_PHONE_A_DAY:
        raise TooManyNeedsError(limit=PER_PHONE_A_DAY)


def _store(report: Report, text: str, reference: str, now: datetime) -> ServiceRequest:
    place = clean_words(report.place)[:PLACE_LENGTH]
    need = ServiceRequest.objects.create(
        reference=reference,
        category=report.category,
        text=text,
        place=place,
        public_text=hide_personal_data(text)[:TEXT_LENGTH],
        is_held=has_personal_data(f"{text}\n{place}"),
        centre=report.centre,
        responsible=unit_for(report.centre),
        channel=report.channel,
        user=report.contact.user,
        entered_by=report.entered_by,
        visited_by=report.visited_by,
        created_at=now,
        moved_at=now,
        idempotency_key=report.idempotency_key,
        request_hash=report.digest if report.idempotency_key else "",
    )
    RequestPhoto.objects.bulk_create(
        RequestPhoto(request=need, photo=photo, position=position)
        for position, photo in enumerate(report.photos)
    )
    return need


def _follow(
    need: ServiceRequest, contact: Contact, *, is_reporter: bool, now: datetime
) -> Follower:
    phone_hash = lookup_hash(contact.phone) if contact.phone else ""
    is_told = Follower.objects.filter(request=need, phone_hash=phone_hash).exists()
    phone = "" if phone_hash and is_told else contact.phone
    return Follower.objects.create(
        request=need,
        is_reporter=is_reporter,
        secret=get_random_string(SECRET_LENGTH),
        user=contact.user,
        phone_sealed=seal(phone),
        phone_hash=lookup_hash(phone) if phone else "",
        email_sealed=seal(contact.email),
        language=contact.language,
        created_at=now,
    )
