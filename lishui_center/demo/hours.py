"""What can happen to hours: disputes, late entries, corrections, a second look, a pattern."""

from datetime import datetime, timedelta
from uuid import UUID

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.disputes.actions import dispute_hours, settle_dispute
from volunteers.entering.actions import Evening, Grounds, enter_late, record_evening
from volunteers.hours.actions import Service
from volunteers.hours.deciding import Decision, decide_hours
from volunteers.hours.models import Evidence, HourEntry
from volunteers.reconciliation.actions import reconcile
from volunteers.review.actions import draw_sample
from volunteers.teams.models import Team

EVENING_CELL = 76
"""19:00."""
NIGHT_CELL = 12
"""03:00."""


def make_hour_matters(
    team: Team, people: list[User], users: dict[str, User], *, now: datetime
) -> None:
    """Every kind of matter that staff see, once or twice; the same for the same day."""
    clerk, manager, leader = users["clerk"], users["manager"], users["leader"]
    evening = _evening(team, people, leader, now)
    _dispute(evening, manager, now)
    _late(team, people, clerk, now)
    _correct(team, clerk, manager, now)
    _ask(team, leader, now)
    for ago in range(9, 0, -1):
        draw_sample(day=today(now) - timedelta(days=ago))
    draw_sample(day=today(now))
    reconcile(now=now)


def _evening(team: Team, people: list[User], leader: User, now: datetime) -> list[HourEntry]:
    """A leader entered last evening for five members and herself."""
    start = moment(today(now) - timedelta(days=12), EVENING_CELL)
    evening = Evening(UUID(int=1, version=4), start, start + timedelta(hours=2), "夜间巡河")
    ids = [evening.service_of(person, team).id for person in people[:5]]
    record_evening(team=team, evening=evening, people=[leader, *people[:5]], by=leader, now=now)
    return [HourEntry.objects.get(pk=pk) for pk in ids]


def _dispute(entries: list[HourEntry], manager: User, now: datetime) -> None:
    """Two say they were not there; one of them was answered."""
    for entry, words in zip(entries[:2], ("那天我在外地，没有参加", "我只到八点"), strict=True):
        found = dispute_hours(entry_id=entry.pk, text=words, by=entry.volunteer, now=now)
    settle_dispute(
        dispute_id=found.pk,
        is_upheld=False,
        answer="签到表上有两次签名，时间是七点到九点",
        by=manager,
        now=now,
    )


def _late(team: Team, people: list[User], clerk: User, now: datetime) -> None:
    """Three that a colleague of the clerk has to confirm, the first at an odd hour."""
    for number, cell in enumerate((NIGHT_CELL, 36, 60)):
        start = moment(today(now) - timedelta(days=20 + 20 * number), cell)
        what = Service(
            UUID(int=100 + number, version=4),
            team.code,
            start,
            start + timedelta(hours=2),
            note="防汛值守",
        )
        enter_late(
            volunteer=people[5 + number],
            team=team,
            service=what,
            grounds=Grounds("当时没有手机，月底补录", "纸质签到表，存二楼档案柜", Evidence.PHOTO),
            by=clerk,
            now=now,
        )


def _correct(team: Team, clerk: User, manager: User, now: datetime) -> None:
    """One correction was confirmed, one waits for a second person."""
    approved = HourEntry.objects.approved().filter(team=team, minutes__gt=60)
    first, second = approved.order_by("starts_at", "pk")[:2]
    done = propose_correction(
        entry_id=first.pk, after=first.minutes - 30, reason="中途离开半小时", by=clerk, now=now
    )
    confirm_correction(adjustment_id=done.pk, is_right=True, by=manager, now=now)
    propose_correction(entry_id=second.pk, after=60, reason="结束时间填错", by=clerk, now=now)


def _ask(team: Team, leader: User, now: datetime) -> None:
    """The leader asks about one record, and rejects one."""
    waiting = HourEntry.objects.to_decide().filter(team=team, entered_by=None)
    asked, rejected = waiting.exclude(volunteer=leader).order_by("-starts_at", "pk")[:2]
    for entry, decision, words in (
        (asked, Decision.ASK, "这次是在哪个点位，和谁一起？"),
        (rejected, Decision.REJECT, "当天因雨取消，请核对日期"),
    ):
        decide_hours(entry_id=entry.pk, decision=decision, by=leader, now=now, reason=words)
