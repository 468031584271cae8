"""Bringing a resource to rest, into retirement, and back."""

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.resources.models import Resource, State


@transaction.atomic
def set_state(*, resource_id: int, state: State, by: User) -> Resource:
    """Let the resource be asked for or not; what becomes of its uses is services.lending's."""
    resource = Resource.objects.select_for_update(no_key=True).get(pk=resource_id)
    before, resource.state = resource.state, state
    resource.save(update_fields=["state"])
    record(by, f"resource.{state}", resource, centre_id=resource.centre_id, before=before)
    return resource
