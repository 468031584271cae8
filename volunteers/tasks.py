"""The volunteers' scheduled work; each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from volunteers.boards.actions import count_team_days as count
from volunteers.recognition.finding import find_eligible


@shared_task(name="volunteers.find_stars")
def find_stars() -> int:
    """Nightly: note who has reached a star; people award it."""
    return find_eligible(now=timezone.now())


@shared_task(name="volunteers.count_team_days")
def count_team_days() -> int:
    """Nightly: count the teams' days anew, for the boards."""
    return count(now=timezone.now())
