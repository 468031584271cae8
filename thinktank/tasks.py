"""The think tank's scheduled work; each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from thinktank.experts.actions import end_terms, remind_of_ends
from thinktank.recommendations.clocks import tick


@shared_task(name="thinktank.end_terms")
def end_terms_daily() -> int:
    """Daily: note the terms that are over, and tell whose ends within 60 days."""
    now = timezone.now()
    return end_terms(now=now) + remind_of_ends(now=now)


@shared_task(name="thinktank.tick")
def tick_daily() -> int:
    """Daily: remind owners of answers that are nearly due or overdue."""
    return tick(now=timezone.now())
