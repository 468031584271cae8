"""What can be disputed, and whose disputes one may answer."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from services.roster.access import managers_of
from volunteers.disputes import rules
from volunteers.disputes.models import About, Dispute, DisputeState
from volunteers.hours.models import HourEntry, HourState
from volunteers.teams.access import staffed_teams


def what_to_dispute(entry: HourEntry) -> tuple[About, datetime] | None:
    """What of the record the volunteer could dispute, and since when it stands."""
    if entry.state == HourState.REJECTED and entry.decided_at:
        return About.REJECTION, entry.decided_at
    if entry.entered_by_id:
        return About.ENTRY, entry.created_at
    return None


def may_dispute(entry: HourEntry, now: datetime) -> bool:
    """Whether a dispute would be heard; the record's disputes are loaded."""
    found = what_to_dispute(entry)
    if found is None or not rules.is_in_time(found[1], now):
        return False
    return all(dispute.about != found[0] for dispute in entry.disputes.all())


def disputes_to_settle(user: User, day: date) -> QuerySet[Dispute]:
    """Open ones of the teams that the person's centres stand for, the earliest first."""
    waiting = Dispute.objects.filter(state=DisputeState.OPEN)
    mine = waiting.filter(staffed_teams(user, day, path="entry__team__"))
    return mine.select_related("entry__team", "volunteer").order_by("made_at", "pk")


def get_dispute(user: User, pk: int, day: date) -> Dispute:
    """An open dispute, or 404 for whoever does not work at the team's centre."""
    return get_object_or_404(disputes_to_settle(user, day), pk=pk)


def those_to_tell(entry: HourEntry, against: User, day: date) -> list[User]:
    """The centre's managers, else the administrators: never who did what is disputed."""
    managers = managers_of(entry.team.centre_id or 0, day)
    out = {against.pk, entry.volunteer_id}
    return [manager for manager in managers if manager.pk not in out]
