"""The ledger's list, as page and as file."""

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from lishui_center.accounts.models import User
from volunteers.hours.models import AdjustmentState, HourAdjustment, HourEntryQuerySet
from volunteers.office.forms import LedgerForm
from volunteers.records.access import entries_seen_by
from volunteers.teams.access import teams_staffed_by
from volunteers.teams.models import Team


def ledger_form(user: User, asked: Mapping[str, str], day: date) -> LedgerForm:
    """The filter, with the teams that the person sees."""
    if user.is_auditor(day):
        return LedgerForm(asked or None, teams=list(Team.objects.all()))
    return LedgerForm(asked or None, teams=list(teams_staffed_by(user, day)))


def ledger_rows(user: User, form: LedgerForm, day: date) -> HourEntryQuerySet:
    """The records asked for that the person may see, with what corrections come to."""
    # A subquery, not a join: only the rows of the page are corrected, not all before sorting.
    confirmed = HourAdjustment.objects.filter(
        entry=OuterRef("pk"), state=AdjustmentState.CONFIRMED
    ).order_by()
    total = confirmed.values("entry").annotate(total=Sum("minutes")).values("total")
    seen = entries_seen_by(user, day)
    rows = form.narrow(seen) if form.is_bound else seen
    loaded = rows.select_related("team__centre", "volunteer", "entered_by", "decided_by")
    corrected = loaded.annotate(corrected=Coalesce(Subquery(total), 0))
    return corrected.order_by("-starts_at", "-pk")
