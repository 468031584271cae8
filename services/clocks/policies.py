"""Promising other deadlines from now on."""

from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.retries import retry_on_conflict
from services.clocks.access import policy_of
from services.clocks.models import SlaPolicy


@retry_on_conflict
@transaction.atomic
def set_policy(
    *, category: str, first_response_days: int, resolution_days: int, by: User, now: datetime
) -> SlaPolicy:
    """Add the next version for the category; what was promised before stays as it was."""
    policy = SlaPolicy.objects.create(
        category=category,
        version=policy_of(category).version + 1,
        first_response_days=first_response_days,
        resolution_days=resolution_days,
        created_at=now,
        created_by=by,
    )
    record(
        by,
        "need.deadlines_set",
        policy,
        category=category,
        version=policy.version,
        first_response_days=first_response_days,
        resolution_days=resolution_days,
    )
    return policy
