"""The volunteers' scheduled work; each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from volunteers.presence.actions import keep_ticked
from volunteers.signups import offers, privacy
from volunteers.signups.models import Signup


@shared_task(name="volunteers.serve_signups")
def serve_signups() -> int:
    """Every minute: end the offers nobody took, and ask the next who waits."""
    now = timezone.now()
    offers.close_overtaken(now=now)
    return offers.close_unanswered(now=now)


@shared_task(name="volunteers.keep_attendance")
def keep_attendance() -> int:
    """Every few minutes: whoever was ticked during a session that is over gets the time kept."""
    now = timezone.now()
    due = list(Signup.objects.to_keep(now).values_list("pk", flat=True))
    return sum(keep_ticked(signup_id=pk, now=now) for pk in due)


@shared_task(name="volunteers.forget_old")
def forget_old() -> int:
    """Daily: take the people out of sign-ups that are older than they may be kept."""
    return privacy.forget_old(now=timezone.now())
