"""Approving what waits for staff, of several teams at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lishui_center.accounts.models import User
from volunteers.hours.deciding import approve_all
from volunteers.office.access import waiting_for_staff
from volunteers.teams.models import Team


@transaction.atomic
def approve_ticked(*, keys: Sequence[UUID], by: User, now: datetime) -> tuple[int, int]:
    """Approve those that `by` may: (approved, left as they were)."""
    of_team: dict[Team, list[UUID]] = defaultdict(list)
    for entry in waiting_for_staff(by, now).filter(pk__in=keys):
        of_team[entry.team].append(entry.pk)
    approved = 0
    for team, pks in of_team.items():
        approved += approve_all(team=team, entry_ids=pks, by=by, now=now)[0]
    return approved, len(set(keys)) - approved
