"""Patterns among records that somebody should look into.

Each check answers the patterns of a queryset of records.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE
from lishui_center.common.dates import short_moment, short_range
from volunteers.hours.models import HourEntryQuerySet, Source
from volunteers.review import rules
from volunteers.review.models import DismissedAnomaly

SHOWN = 100
"""More patterns of one kind than this nobody reads at once."""


@dataclass(frozen=True)
class Anomaly:
    """One pattern: `key` tells it from others of its kind; `people` are whom it is about."""

    kind: str
    key: str
    text: str
    people: frozenset[int]


Check = Callable[[HourEntryQuerySet], Iterable[Anomaly]]


def open_anomalies(entries: HourEntryQuerySet, now: datetime) -> list[Anomaly]:
    """What nobody has dismissed yet, among the records of the last 30 days."""
    recent = entries.counting().filter(starts_at__gte=now - rules.LOOKED_BACK).order_by()
    dismissed = set(DismissedAnomaly.objects.values_list("kind", "key"))
    found = [anomaly for check in CHECKS for anomaly in check(recent)]
    return [anomaly for anomaly in found if (anomaly.kind, anomaly.key) not in dismissed]


def alike(entries: HourEntryQuerySet) -> Iterable[Anomaly]:
    """Several people's own records, equal in team, times and words."""
    own = entries.filter(source=Source.VOLUNTEER)
    same = ("team", "starts_at", "ends_at", "note")
    groups = own.values_list(*same).annotate(people=Count("volunteer", distinct=True))
    for team, start, end, note, count in groups.filter(people__gte=rules.ALIKE_PEOPLE)[:SHOWN]:
        group = own.filter(team=team, starts_at=start, ends_at=end, note=note)
        text = ngettext(
            "%(number)s person sent the same: %(when)s %(note)s",
            "%(number)s people sent the same: %(when)s %(note)s",
            count,
        )
        words = text % {"number": count, "when": short_range(start, end), "note": note}
        key = f"{team} {start.isoformat()} {end.isoformat()} {note}"
        yield Anomaly("alike", _key(key), words.strip(), _people(group))


def one_device(entries: HourEntryQuerySet) -> Iterable[Anomaly]:
    """Many people who sent from one phone."""
    known = entries.exclude(device="")
    groups = known.values_list("device").annotate(people=Count("volunteer", distinct=True))
    for device, count in groups.filter(people__gte=rules.DEVICE_PEOPLE)[:SHOWN]:
        text = ngettext(
            "%(number)s person sent records from one phone",
            "%(number)s people sent records from one phone",
            count,
        )
        people = _people(known.filter(device=device))
        yield Anomaly("device", device, text % {"number": count}, people)


def one_photo(entries: HourEntryQuerySet) -> Iterable[Anomaly]:
    """The same file as the photo of several records, whoever sent it."""
    pictured = entries.exclude(photo=None)
    groups = pictured.values_list("photo__digest").annotate(number=Count("pk"))
    for digest, count in groups.filter(number__gt=1)[:SHOWN]:
        text = ngettext(
            "%(number)s record with the same photo", "%(number)s records with the same photo", count
        )
        people = _people(pictured.filter(photo__digest=digest))
        yield Anomaly("photo", digest, text % {"number": count}, people)


def hasty(entries: HourEntryQuerySet) -> Iterable[Anomaly]:
    """Somebody who approves nearly everything the moment it arrives."""
    decided = entries.approved()
    many = decided.values_list("decided_by").annotate(number=Count("pk"))
    deciders = dict(many.filter(number__gt=rules.QUICK_APPROVALS)[:SHOWN])
    waits: dict[int, list[timedelta]] = defaultdict(list)
    times = decided.filter(decided_by__in=deciders)
    for by, sent, done in times.values_list("decided_by", "created_at", "decided_at"):
        assert done is not None  # noqa: S101 - approved records have it; tells mypy
        waits[by].append(done - sent)
    names = {user.pk: user.masked_name for user in User.objects.filter(pk__in=deciders)}
    for by, found in waits.items():
        if rules.is_hasty(found):
            text = _("%(name)s approved %(number)s records, mostly within two minutes") % {
                "name": names[by],
                "number": len(found),
            }
            yield Anomaly("hasty", str(by), text, frozenset({by}))


def at_night(entries: HourEntryQuerySet) -> Iterable[Anomaly]:
    """Service that began between two and five in the morning."""
    hour = ExtractHour("starts_at", tzinfo=ZONE)
    odd = entries.annotate(hour=hour).filter(hour__in=rules.NIGHT)
    for entry in odd.select_related("team", "volunteer").order_by("-starts_at")[:SHOWN]:
        text = _("%(name)s, %(team)s: service from %(start)s at night") % {
            "name": entry.volunteer.masked_name,
            "team": entry.team.name,
            "start": short_moment(entry.starts_at),
        }
        yield Anomaly("night", entry.pk.hex, text, frozenset({entry.volunteer_id}))


CHECKS: list[Check] = [alike, one_device, one_photo, hasty, at_night]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _people(group: HourEntryQuerySet) -> frozenset[int]:
    return frozenset(group.values_list("volunteer", flat=True))
