"""Keeping an uploaded list for its preview, and entering it: all rows or none."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from lishui_center.accounts.actions import open_account
from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.encryption import seal
from volunteers.importing.access import rows_of
from volunteers.importing.checking import Checked, check_rows, has_faults
from volunteers.importing.errors import ImportGoneError, RowsAtFaultError
from volunteers.importing.messages import tell_entered
from volunteers.importing.models import MemberImport
from volunteers.importing.rules import KEPT_FOR, Row, packed
from volunteers.teams.models import Membership, Team

BATCH = 200


@transaction.atomic
def keep_rows(*, rows: Sequence[Row], by: User, now: datetime) -> MemberImport:
    """Seal the rows until they are confirmed; an earlier list of the person's is dropped."""
    MemberImport.objects.of(by).delete()
    kept = MemberImport.objects.create(
        owner=by, rows_sealed=seal(packed(rows)), created_at=now, expires_at=now + KEPT_FOR
    )
    record(by, "import.previewed", kept, rows=len(rows))
    return kept


@transaction.atomic
def confirm_import(*, import_id: int, by: User, now: datetime) -> int:
    """Enter every row, or nothing; how many. Each person is told.

    The rows are checked again: what was right half an hour ago may not be now. The teams are
    locked, so that none is disbanded meanwhile, and deleting the list lets one of two clicks pass.

    Raises:
        ImportGoneError, RowsAtFaultError: nothing was written.
    """
    kept = MemberImport.objects.of(by).live(now).filter(pk=import_id).first()
    if kept is None:
        raise ImportGoneError
    rows = rows_of(kept)
    if not MemberImport.objects.filter(pk=import_id).delete()[0]:
        raise ImportGoneError
    _lock_teams(rows)
    checked = check_rows(rows, by=by, day=today(now))
    if has_faults(checked):
        raise RowsAtFaultError
    try:
        with transaction.atomic():
            members = Membership.objects.bulk_create(_members(checked, now), batch_size=BATCH)
    except IntegrityError as refusal:
        raise RowsAtFaultError from refusal
    record(
        by,
        "import.confirmed",
        "volunteers.membership",
        rows=len(members),
        new_accounts=sum(one.is_new for one in checked),
        memberships=[member.pk for member in members],
    )
    tell_entered(members, now=now)
    return len(members)


@transaction.atomic
def discard_import(*, import_id: int, by: User) -> None:
    """Drop the list; doing it twice changes nothing more."""
    if MemberImport.objects.of(by).filter(pk=import_id).delete()[0]:
        record(by, "import.discarded", "volunteers.memberimport")


def remove_expired(*, now: datetime) -> int:
    """Remove the lists that nobody confirmed in time; how many. Safe to run twice."""
    return MemberImport.objects.expired(now).delete()[0]


def _lock_teams(rows: Sequence[Row]) -> None:
    codes = {row.team.lower() for row in rows}
    named = Team.objects.select_for_update(no_key=True).filter(code__in=codes)
    list(named.order_by("pk").values_list("pk", flat=True))


def _members(checked: Sequence[Checked], now: datetime) -> list[Membership]:
    """The rows to write; one person in two teams is one account."""
    opened: dict[str, User] = {}
    members = []
    for one in checked:
        user = one.user or opened.get(one.phone)
        if user is None:
            user = opened[one.phone] = open_account(
                phone=one.phone, name=one.row.name, language=settings.LANGUAGE_CODE, now=now
            )
        members.append(Membership(team=one.team, user=user, starts_on=one.since or today(now)))
    return members
