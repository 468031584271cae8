"""The uses' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime

from lishui_center.accounts.models import User
from services.lending.access import own_uses
from services.lending.deciding import cancel_use
from services.lending.models import Use, UseQuerySet
from services.tickets.privacy import KEPT_FOR


def export_uses(user: User) -> list[dict[str, object]]:
    """What the person asked for, as a resident."""
    return [
        {
            "reference": use.reference,
            "resource": use.resource.code,
            "from": use.starts_at.isoformat(),
            "until": use.ends_at.isoformat(),
            "purpose": use.purpose,
            "state": use.state,
            "name": use.name,
            "phone": use.phone,
        }
        for use in Use.objects.for_list().filter(own_uses(user))
    ]


def forget_uses(user: User, *, now: datetime) -> None:
    """Give back what is still to begin, and take the person out of everything."""
    own = Use.objects.filter(own_uses(user))
    for use in own.not_begun(now):
        cancel_use(use_id=use.pk, actor=user, now=now)
    _unname(own)


def forget_old(*, now: datetime) -> int:
    """Take the person out of uses older than twelve months; how many. Safe to run twice."""
    old = Use.objects.filter(ends_at__lt=now - KEPT_FOR)
    return _unname(old.exclude(phone_hash="", user=None))


def _unname(uses: UseQuerySet) -> int:
    """Empty what names the person; the row stays, to be counted."""
    # Without a number, for the open limit would count all who are nobody as one.
    return uses.update(user=None, name="", phone_sealed="", phone_hash="", purpose="", nth=None)
