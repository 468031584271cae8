"""What may be sent when, how often it is tried, and by which channel. Pure.

Source: domain.md, "Messages".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lishui_center.common import clock

# How long before the quiet hours a reminder that falls into them goes out instead.
EVENING = timedelta(minutes=90)

# How long the message log is kept. Source: domain.md, "Law and standards".
RETENTION = timedelta(days=183)

SMS_SIGNATURE = "【里水党群】"
# The signature is outside the GSM alphabet, so every SMS is UCS-2: 70 characters in one part,
# 67 in each of several. Chinese keeps to one part; English says the same in two.
SMS_LIMITS = {"zh-hans": 70, "en": 2 * 67}


@dataclass(frozen=True)
class QuietHours:
    """The local wall times between which nobody is written to; two equal ones mean never."""

    begin: time
    end: time

    def hold(self, moment: datetime) -> bool:
        """Whether the moment lies in them."""
        wall = moment.astimezone(clock.ZONE).time()
        if self.begin <= self.end:
            return self.begin <= wall < self.end
        return wall >= self.begin or wall < self.end

    def morning_after(self, moment: datetime) -> datetime:
        """The end of the quiet hours that hold the moment."""
        local = moment.astimezone(clock.ZONE)
        day = local.date() + timedelta(days=local.time() >= self.end)
        return datetime.combine(day, self.end, clock.ZONE)

    def evening_before(self, moment: datetime) -> datetime:
        """Shortly before the quiet hours that hold the moment: at 20:00 for those from 21:30."""
        local = moment.astimezone(clock.ZONE)
        day = local.date() - timedelta(days=local.time() < self.begin)
        return datetime.combine(day, self.begin, clock.ZONE) - EVENING

    def next_begin(self, moment: datetime) -> datetime:
        """When they begin after the moment."""
        local = moment.astimezone(clock.ZONE)
        day = local.date() + timedelta(days=local.time() >= self.begin)
        return datetime.combine(day, self.begin, clock.ZONE)


class Quiet(Enum):
    """What the quiet hours do to a kind of message."""

    LATER = "waits until the morning"
    EVENING_BEFORE = "goes out the evening before"
    UNLESS_TODAY = "waits until the morning, unless it is about today"
    NEVER = "goes out at any hour"


@dataclass(frozen=True)
class Kind:
    """How one kind of message behaves.

    `useful_for` is the time after which sending it would only confuse. `needs_live` drops it when
    its subject has ended meanwhile. `secret` keeps its content out of the log and the web inbox.
    """

    title: str | Promise
    quiet: Quiet = Quiet.LATER
    useful_for: timedelta = timedelta(days=2)
    retry_after: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
    )
    needs_live: bool = True
    secret: bool = False


KINDS = {
    "sign_in_code": Kind(
        _("Sign-in code"),
        quiet=Quiet.NEVER,
        useful_for=timedelta(minutes=5),
        retry_after=(timedelta(seconds=5), timedelta(seconds=20), timedelta(minutes=1)),
        secret=True,
    ),
    "booking_confirmed": Kind(_("Booking made")),
    "booking_day_before": Kind(
        _("Reminder the day before"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(days=1)
    ),
    "booking_same_day": Kind(
        _("Reminder on the day"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(days=1)
    ),
    "booking_changed": Kind(_("Booking moved")),
    "booking_cancelled": Kind(_("Booking cancelled"), needs_live=False),
    "booking_no_show": Kind(_("Missed booking"), needs_live=False),
    "booking_suspended": Kind(_("Online booking paused")),
    "appeal_decided": Kind(_("Appeal decided"), needs_live=False),
    "centre_closed": Kind(_("Centre closed, booking kept"), quiet=Quiet.UNLESS_TODAY),
    "ticket_soon": Kind(_("Nearly your turn"), useful_for=timedelta(minutes=15)),
    "documents_missing": Kind(_("List of missing documents"), useful_for=timedelta(hours=12)),
    "rating_asked": Kind(_("Rating asked for"), useful_for=timedelta(hours=3)),
    "waitlist_offer": Kind(_("Place offered"), useful_for=timedelta(hours=2)),
    "duty_tomorrow": Kind(
        _("Duty tomorrow"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(hours=12)
    ),
    "duty_soon": Kind(
        _("Duty in an hour"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(hours=1)
    ),
    "duty_changed": Kind(_("Duty changed")),
    "duty_removed": Kind(_("Duty cancelled")),
    "roster_gap": Kind(_("Gaps in the roster"), useful_for=timedelta(days=1)),
    "hours_question": Kind(_("Question about hours")),
    "hours_rejected": Kind(_("Hours rejected")),
    "join_asked": Kind(_("Somebody asks to join the team")),
    "join_decided": Kind(_("Answer of the team")),
    "team_entered": Kind(_("Entered as a member of a team")),
    "team_removed": Kind(_("Membership of a team ended")),
    "team_role_decided": Kind(_("Role in the team decided")),
    "team_role_ended": Kind(_("Role in the team ended")),
    "team_active": Kind(_("Team active again")),
    "team_dormant": Kind(_("Team at rest")),
    "team_disbanded": Kind(_("Team disbanded")),
    "project_waits": Kind(_("Project to decide on")),
    "project_news": Kind(_("News of a project")),
    "engagement_ending": Kind(_("Term of engagement ends")),
    "activity_signed_up": Kind(_("Signed up for an activity")),
    "activity_day_before": Kind(
        _("Activity tomorrow"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(hours=20)
    ),
    "activity_soon": Kind(
        _("Activity in 2 hours"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(hours=2)
    ),
    "activity_offer": Kind(_("Place at an activity offered"), useful_for=timedelta(hours=2)),
    "activity_added": Kind(_("Noted as present at an activity"), needs_live=False),
    "activity_changed": Kind(_("Activity moved")),
    "activity_cancelled": Kind(_("Activity cancelled"), quiet=Quiet.UNLESS_TODAY, needs_live=False),
    "star_announced": Kind(_("Star announced"), needs_live=False),
    "star_awarded": Kind(_("Star awarded"), needs_live=False),
    "star_declined": Kind(_("Star not awarded"), needs_live=False),
    "star_revoked": Kind(_("Star taken back"), needs_live=False),
    "objection_settled": Kind(_("Objection settled"), needs_live=False),
    "hours_entered": Kind(_("Hours entered for you")),
    "hours_disputed": Kind(_("Hours disputed"), useful_for=timedelta(days=7)),
    "hours_settled": Kind(_("Answer to a dispute about hours")),
    "hours_corrected": Kind(_("Hours corrected")),
    "ledger_differs": Kind(_("The ledger of hours disagrees"), useful_for=timedelta(days=7)),
    "use_asked": Kind(_("Use asked for")),
    "use_confirmed": Kind(_("Use confirmed")),
    "use_refused": Kind(_("Use refused"), needs_live=False),
    "use_cancelled": Kind(_("Use cancelled"), needs_live=False),
    "use_withdrawn": Kind(_("Use taken back"), quiet=Quiet.UNLESS_TODAY, needs_live=False),
    "use_day_before": Kind(
        _("Use tomorrow"), quiet=Quiet.EVENING_BEFORE, useful_for=timedelta(hours=12)
    ),
    "leave_decided": Kind(_("Leave decided")),
    "observation_decided": Kind(_("Word on a report")),
    "recommendation_answered": Kind(_("Recommendation answered")),
    "recommendation_due": Kind(_("Answer to a recommendation due")),
    "recommendation_received": Kind(_("Recommendation to answer")),
    "swap_asked": Kind(_("Asked to take a shift")),
    "swap_answered": Kind(_("Answer about a shift"), needs_live=False),
    "need_received": Kind(_("Need received")),
    "need_followed": Kind(_("Need followed")),
    "need_accepted": Kind(_("Need taken on")),
    "need_question": Kind(_("Question about a need")),
    "need_resolved": Kind(_("Need done, is it solved?")),
    "need_step": Kind(_("Need moved on")),
    "need_assigned": Kind(_("Need to take on")),
    "need_returned": Kind(_("Need sent back")),
    "need_supervised": Kind(_("Need chased up")),
    "need_due_soon": Kind(_("Need nearly due")),
    "need_overdue": Kind(_("Need overdue")),
}
SECRET_KINDS = tuple(name for name, kind in KINDS.items() if kind.secret)


def quiet_safe(due_at: datetime, kind: str, hours: QuietHours) -> datetime:
    """When a message meant for `due_at` is planned to go out; applied when it is written.

    A reminder moves to the evening before, another message to the next morning. A closure stays:
    only `earliest`, at send time, knows whether it is about today.
    """
    quiet = KINDS[kind].quiet
    if quiet in {Quiet.NEVER, Quiet.UNLESS_TODAY} or not hours.hold(due_at):
        return due_at
    if quiet is Quiet.LATER:
        return hours.morning_after(due_at)
    return hours.evening_before(due_at)


def earliest(now: datetime, kind: str, *, day: date | None, hours: QuietHours) -> datetime:
    """When a message that is due at `now` may go out: `now`, or the next morning.

    Applied right before sending, because a late worker may reach a message in the quiet hours.
    `day` is the local day the message is about.
    """
    quiet = KINDS[kind].quiet
    about_today = quiet is Quiet.UNLESS_TODAY and day == clock.today(now)
    if quiet is Quiet.NEVER or about_today or not hours.hold(now):
        return now
    return hours.morning_after(now)


def too_late(kind: str, *, due_at: datetime, now: datetime) -> bool:
    """Whether the message has outlived its use."""
    return now - due_at > KINDS[kind].useful_for


def next_try(kind: str, *, attempts: int, due_at: datetime, now: datetime) -> datetime | None:
    """When to try again after the `attempts`-th failure; None gives up."""
    delays = KINDS[kind].retry_after
    if attempts > len(delays):
        return None
    at = now + delays[attempts - 1]
    return None if too_late(kind, due_at=due_at, now=at) else at


def first_fitting(variants: Iterable[str], language: str) -> str | None:
    """The first wording that fits one SMS with the signature; None when all are too long."""
    limit = SMS_LIMITS[language] - len(SMS_SIGNATURE)
    return next((text for text in variants if len(text) <= limit), None)
