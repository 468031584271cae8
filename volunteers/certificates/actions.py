"""Making a certificate for oneself, and revoking somebody's."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.certificates import rules
from volunteers.certificates.access import certificates_managed_by, snapshot_of, span_of
from volunteers.certificates.errors import (
    NoStarError,
    NothingToCertifyError,
    NotYourCertificateError,
    RevokedAlreadyError,
    TooManyCertificatesError,
)
from volunteers.certificates.models import REASON_LENGTH, Certificate, CertificateKind
from volunteers.certificates.rules import Period
from volunteers.hours.errors import ReasonWantedError
from volunteers.recognition.models import AwardState, StarAward

DAY = timedelta(days=1)


@retry_on_conflict
@transaction.atomic
def certify_hours(*, volunteer: User, period: Period, key: UUID, now: datetime) -> Certificate:
    """Freeze what the volunteer's approved hours of the period come to; once for each `key`.

    Nobody has to agree: it states the ledger, which others have decided on.

    Raises:
        NothingToCertifyError, TooManyCertificatesError: nothing was written.
    """
    return _issue(volunteer, period, None, key, now)


@retry_on_conflict
@transaction.atomic
def certify_star(*, volunteer: User, level: int, key: UUID, now: datetime) -> Certificate:
    """Freeze that a star was awarded, with all hours up to today; once for each `key`.

    Raises:
        NoStarError, NothingToCertifyError, TooManyCertificatesError: nothing was written.
    """
    awarded = StarAward.objects.of(volunteer).in_state(AwardState.AWARDED)
    star = awarded.filter(level=level).first()
    if star is None:
        raise NoStarError
    return _issue(volunteer, span_of(volunteer, today(now)), star, key, now)


@transaction.atomic
def revoke_certificate(*, code: str, by: User, reason: str, now: datetime) -> Certificate:
    """Declare that a certificate no longer holds; whoever checks it reads since when.

    Raises:
        OwnRecordError, NotYourCertificateError, RevokedAlreadyError, ReasonWantedError: nothing
        changed.
    """
    certificate = Certificate.objects.select_for_update(no_key=True).get(code=code)
    if certificate.volunteer_id == by.pk:
        raise OwnRecordError
    if not certificates_managed_by(by, today(now)).filter(pk=certificate.pk).exists():
        raise NotYourCertificateError
    if certificate.revoked_at:
        raise RevokedAlreadyError
    words = clean_words(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonWantedError
    certificate.revoked_at, certificate.revoked_by = now, by
    certificate.revoked_reason = words
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(by, "certificate.revoked", certificate, reason=words)
    return certificate


def _issue(
    volunteer: User, period: Period, star: StarAward | None, key: UUID, now: datetime
) -> Certificate:
    """The certificate of this form: the one there is, or a new one."""
    own = Certificate.objects.of(volunteer)
    if known := own.filter(request_key=key).first():
        return known
    if own.filter(issued_at__gt=now - DAY).count() >= rules.MOST_A_DAY:
        raise TooManyCertificatesError
    snapshot = snapshot_of(volunteer, period, now=now, star=star)
    if not snapshot["minutes"]:
        raise NothingToCertifyError
    snapshot["code"] = code = rules.new_code()
    certificate = Certificate.objects.create(
        code=code,
        volunteer=volunteer,
        kind=CertificateKind.STAR if star else CertificateKind.HOURS,
        award=star,
        first=period.first,
        last=period.last,
        snapshot=snapshot,
        sha256=rules.digest(snapshot),
        request_key=key,
        issued_at=now,
    )
    record(volunteer, "certificate.issued", certificate, minutes=snapshot["minutes"])
    return certificate
