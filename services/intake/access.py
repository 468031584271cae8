"""Which needs might be the one that somebody is about to report."""

from datetime import datetime

from django.shortcuts import get_object_or_404

from services.centres.models import Centre
from services.intake import rules
from services.requests.models import ServiceRequest, ServiceRequestQuerySet
from services.requests.rules import OPEN, State

FOLLOWABLE = OPEN | {State.RESOLVED_CLAIMED}


def followable() -> ServiceRequestQuerySet:
    """What others may read of and follow: open, and not held back for naming a person."""
    return ServiceRequest.objects.in_states(FOLLOWABLE).filter(is_held=False)


def alike(*, centre: Centre, category: str, text: str, now: datetime) -> list[ServiceRequest]:
    """Recent needs of the same place and kind that say nearly the same, nearest first.

    Two queries: the newest few hundred by an index, then the rows to show.
    """
    recent = followable().filter(
        centre=centre, category=category, created_at__gte=now - rules.LOOKED_BACK
    )
    newest = recent.order_by("-created_at").values_list("pk", "public_text")[: rules.LOOKED_AT]
    pairs = list(newest)
    keys = [pairs[place][0] for place in rules.most_alike(text, [words for _pk, words in pairs])]
    found = ServiceRequest.objects.select_related("centre").in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def get_followable(reference: str) -> ServiceRequest:
    """The need to follow, or 404."""
    wanted = reference if reference.isalnum() else ""
    return get_object_or_404(followable().select_related("centre"), reference=wanted)
