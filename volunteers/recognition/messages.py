"""What people are told about a star."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify
from volunteers.recognition.models import AwardState, Objection, StarAward

KINDS = {
    AwardState.ANNOUNCED: "star_announced",
    AwardState.AWARDED: "star_awarded",
    AwardState.DECLINED: "star_declined",
    AwardState.REVOKED: "star_revoked",
}


def tell_volunteer(award: StarAward, *, now: datetime) -> None:
    """Where the star stands now; the page says the rest."""
    person = award.volunteer
    with translation.override(person.language):
        until = message_date(award.notice_until) if award.notice_until else ""
    _tell(
        person,
        KINDS[AwardState(award.state)],
        f"star-{award.pk}-{award.version}",
        {"level": str(award.level), "hours": str(award.hours), "until": until},
        now=now,
    )


def tell_objector(objection: Objection, *, now: datetime) -> None:
    """What came of an objection; one from the desk has nobody to write to."""
    if objection.at_desk:
        return
    _tell(
        objection.raised_by,
        "objection_settled",
        f"objection-{objection.pk}",
        {"upheld": "1" if objection.upheld else "", "note": objection.answer},
        now=now,
        page="notices",
    )


def _tell(
    person: User,
    kind: str,
    key: str,
    context: dict[str, str],
    *,
    now: datetime,
    page: str = "stars",
) -> None:
    url = f"{settings.SITE_URL}{reverse(f'volunteers:{page}')}"
    notify(
        Message(
            kind=kind,
            key=key,
            recipient=recipient_of(person),
            due_at=now,
            context={**context, "url": url},
        )
    )
