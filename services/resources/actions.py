"""Bringing a resource to rest, into retirement, and back."""

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.resources.models import Resource, State


@transaction.atomic
def set_state(*, resource: Resource, state: State, by: User) -> None:
    """Let the resource be asked for or not; what becomes of its uses is services.lending's."""
    Resource.objects.filter(pk=resource.pk).update(state=state)
    record(by, f"resource.{state}", resource, centre_id=resource.centre_id)
