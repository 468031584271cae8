"""Whose uploaded list is whose."""

from datetime import datetime

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.encryption import unseal
from volunteers.importing.models import MemberImport
from volunteers.importing.rules import Row, unpacked


def get_import(user: User, pk: int, now: datetime) -> MemberImport:
    """The person's own list while it can be confirmed, or 404."""
    return get_object_or_404(MemberImport.objects.of(user).live(now), pk=pk)


def rows_of(kept: MemberImport) -> list[Row]:
    """What was uploaded."""
    return unpacked(unseal(kept.rows_sealed))
