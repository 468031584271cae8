"""What waits for the centre's staff, and the ledger as they see it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.hours import rules
from volunteers.hours.models import COUNTING, HourEntry, HourEntryQuerySet, Source
from volunteers.teams.access import staffed_teams
from volunteers.teams.models import Membership


def waiting_for_staff(user: User, now: datetime) -> HourEntryQuerySet:
    """What no leader can decide on, the earliest service first.

    Long days, records of leaders, of teams of the whole town, and what a colleague entered. A day
    may be counted as long here because the one before it runs on after midnight: staff may decide
    on that as well.
    """
    day = today(now)
    leads = (
        Membership.objects.on(day)
        .deciding()
        .filter(team=OuterRef("team"), user=OuterRef("volunteer"))
    )
    touching = HourEntry.objects.filter(
        volunteer=OuterRef("volunteer"),
        date__lte=OuterRef("last_date"),
        last_date__gte=OuterRef("date"),
        state__in=COUNTING,
    )
    summed = touching.order_by().values("volunteer").annotate(sum=Sum("minutes")).values("sum")
    waiting = HourEntry.objects.to_decide().filter(staffed_teams(user, day))
    special = (
        Q(Exists(leads))
        | Q(day_minutes__gt=rules.LEADER_MINUTES)
        | Q(team__centre=None)
        | Q(source=Source.STAFF)
    )
    found = waiting.annotate(day_minutes=Subquery(summed)).filter(special)
    loaded = found.select_related("team__centre", "volunteer", "entered_by")
    return loaded.order_by("starts_at", "pk")
