"""Agreeing to be named, taking that back, and the nightly count of the teams' days."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from volunteers.boards import rules
from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.recognition.ledger import approved

BATCH = 1000


@retry_on_conflict
@transaction.atomic
def give_consent(*, user: User, now: datetime) -> BoardConsent:
    """Let the members of one's teams see one's name and hours. Safe to run twice."""
    given = BoardConsent.objects.of(user).in_force().first()
    if given is None:
        given = BoardConsent.objects.create(user=user, given_at=now)
        record(user, "board_consent.given", given, wording=given.wording)
    return given


@transaction.atomic
def withdraw_consent(*, user: User, now: datetime) -> bool:
    """Be named no more; whether a consent was in force."""
    withdrawn = BoardConsent.objects.of(user).in_force().update(withdrawn_at=now)
    if withdrawn:
        record(user, "board_consent.withdrawn", "boardconsent")
    return bool(withdrawn)


@transaction.atomic
def count_team_days(*, now: datetime) -> int:
    """Count every team's days since the start of last year anew; how many there are.

    Safe to run twice: what was changed or withdrawn since is put right.
    """
    first = rules.counted_from(today(now))
    standing = approved().filter(counted__gt=0)
    found = standing.filter(date__gte=first).order_by().values_list("team", "date")
    days = [
        TeamDay(team_id=team, date=day, minutes=total)
        for team, day, total in found.annotate(total=Sum("counted"))
    ]
    TeamDay.objects.bulk_create(
        days,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["team", "date"],
        update_fields=["minutes"],
    )
    still = {(day.team_id, day.date) for day in days}
    kept = TeamDay.objects.filter(date__gte=first).values_list("pk", "team", "date")
    gone = [pk for pk, team, day in kept if (team, day) not in still]
    TeamDay.objects.filter(pk__in=gone).delete()
    return len(days)
