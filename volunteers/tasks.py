"""The volunteers' scheduled work; each task is safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from lishui_center.common.clock import today
from volunteers import privacy
from volunteers.boards.actions import count_team_days as count
from volunteers.hours import actions as hours
from volunteers.importing.actions import remove_expired
from volunteers.leadership import privacy as teams
from volunteers.presence.actions import keep_ticked
from volunteers.recognition.finding import find_eligible
from volunteers.reconciliation import actions as reconciliation
from volunteers.review import actions as review
from volunteers.signups import offers
from volunteers.signups import privacy as signups
from volunteers.signups.models import Signup
from volunteers.states import actions as states


@shared_task(name="volunteers.review_teams")
def review_teams() -> int:
    """Daily: let teams rest that have gone quiet, wake those that served again."""
    return states.review_teams(now=timezone.now())


@shared_task(name="volunteers.remove_imports")
def remove_imports() -> int:
    """Every few minutes: remove lists of members that nobody confirmed."""
    return remove_expired(now=timezone.now())


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
    """Daily: forget what was asked of teams, and who signed up, once it is a year old."""
    now = timezone.now()
    return teams.forget_old(now=now) + signups.forget_old(now=now)


@shared_task(name="volunteers.find_stars")
def find_stars() -> int:
    """Nightly: note who has reached a star; people award it."""
    return find_eligible(now=timezone.now())


@shared_task(name="volunteers.count_team_days")
def count_team_days() -> int:
    """Nightly: count the teams' days anew, for the boards."""
    return count(now=timezone.now())


@shared_task(name="volunteers.remove_spent_minutes")
def remove_spent_minutes() -> int:
    """Nightly: the minutes of days that nobody can enter any more, and the phones of old ones."""
    now = timezone.now()
    privacy.forget_devices(now=now)
    return hours.remove_spent_minutes(now=now)


@shared_task(name="volunteers.draw_sample")
def draw_sample() -> int:
    """Nightly: draw a share of yesterday's approved records for a second look."""
    return review.draw_sample(day=today(timezone.now()) - timedelta(days=1))


@shared_task(name="volunteers.reconcile")
def reconcile() -> bool:
    """Nightly: whether the ledger of hours agrees with itself."""
    return reconciliation.reconcile(now=timezone.now()).ok
