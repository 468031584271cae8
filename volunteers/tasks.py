"""The volunteers' scheduled work; each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from volunteers.importing.actions import remove_expired
from volunteers.leadership import privacy as teams
from volunteers.states import actions as states


@shared_task(name="volunteers.review_teams")
def review_teams() -> int:
    """Daily: let teams rest that have gone quiet, wake those that served again."""
    return states.review_teams(now=timezone.now())


@shared_task(name="volunteers.remove_imports")
def remove_imports() -> int:
    """Every few minutes: remove lists of members that nobody confirmed."""
    return remove_expired(now=timezone.now())


@shared_task(name="volunteers.forget_old")
def forget_old_teams() -> int:
    """Daily: what was asked and decided about teams is forgotten after a year."""
    return teams.forget_old(now=timezone.now())
