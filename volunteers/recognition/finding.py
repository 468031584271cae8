"""Finding who has reached a star. The system says so; people award."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from volunteers.hours.rules import stars
from volunteers.recognition import rules
from volunteers.recognition.ledger import approved
from volunteers.recognition.models import AwardState, StarAward

BATCH = 500


def find_eligible(*, now: datetime) -> int:
    """Note every star that somebody's approved hours have reached; how many are new.

    Safe to run twice. A star that was taken back and is reached again is found again.
    """
    people = _reached()
    starts = range(0, len(people), BATCH)
    return sum(_note(people[start : start + BATCH], now=now) for start in starts)


def _reached() -> list[tuple[int, int]]:
    """(person, minutes) of all with at least one star's hours."""
    least = rules.hours_of(rules.LEVELS[0]) * 60
    summed = approved().filter(volunteer__is_active=True).order_by().values_list("volunteer")
    return list(summed.annotate(total=Sum("counted")).filter(total__gte=least))


@retry_on_conflict
@transaction.atomic
def _note(people: Sequence[tuple[int, int]], *, now: datetime) -> int:
    known = {
        (award.volunteer_id, award.level): award
        for award in StarAward.objects.filter(volunteer__in=[person for person, _ in people])
    }
    new = [
        StarAward(volunteer_id=person, level=level, eligible_on=today(now), minutes=minutes)
        for person, minutes in people
        for level in range(1, stars(minutes) + 1)
        if (person, level) not in known
    ]
    again = [
        award
        for person, minutes in people
        for level in range(1, stars(minutes) + 1)
        if (award := known.get((person, level))) and award.state == AwardState.REVOKED
    ]
    for award in StarAward.objects.bulk_create(new):
        record(None, "star.reached", award, level=award.level, minutes=award.minutes)
    return len(new) + sum(_reopen(award, dict(people), now) for award in again)


def _reopen(award: StarAward, minutes: dict[int, int], now: datetime) -> int:
    """Begin anew with a star that was taken back; what was decided stays in the audit trail."""
    revoked = StarAward.objects.filter(pk=award.pk, state=AwardState.REVOKED)
    changed = revoked.update(
        state=AwardState.ELIGIBLE,
        eligible_on=today(now),
        minutes=minutes[award.volunteer_id],
        announced_on=None,
        notice_until=None,
        proposed_by=None,
        awarded_on=None,
        awarded_by=None,
        closed_at=None,
        closed_by=None,
        reason="",
    )
    if changed:
        record(None, "star.reached", award, level=award.level, again=True)
    return changed
