"""Stars at every step, certificates, people who agreed to be named, and a batch of returned hours.

The hours of the past year behind them are made here too: the stars start at a hundred.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from volunteers.boards.actions import count_team_days
from volunteers.boards.models import BoardConsent
from volunteers.certificates import rules
from volunteers.certificates.access import snapshot_of
from volunteers.certificates.models import Certificate, CertificateKind
from volunteers.hours.models import Evidence, HourEntry, HourState, Source
from volunteers.recognition.access import notice_until
from volunteers.recognition.finding import find_eligible
from volunteers.recognition.models import AwardState, Objection, StarAward
from volunteers.returns.actions import make_batch, mark_sent, take_answers
from volunteers.returns.models import ReturnBatch
from volunteers.returns.rules import Answer
from volunteers.teams.models import MemberRole, Membership, Team

SEED = 90_210
EARLIEST, LATEST = 360, 40
"""Days ago between which the older service lies."""
HOURS = [350, 330, 310, 215, 130, 110, 105]
"""What the first of the people reach; the volunteer of the demo is the very first."""
STEPS = [
    AwardState.AWARDED,
    AwardState.ANNOUNCED,
    AwardState.OBJECTED,
    AwardState.DECLINED,
]
"""Of the stars found, in turn; the rest stay reached."""
DONE = ["护学岗执勤", "巡河清漂", "陪老人办社保卡", "社区义诊引导", "旧衣回收整理"]
OBJECTION = "其中两天的活动因下雨取消，请核实。（演示数据）"
REASON = "经核实，其中部分时长登记有误。（演示数据）"


def make_recognition(team: Team, users: dict[str, User], *, now: datetime) -> None:
    """For the people of one team; the manager proposes, the administrator awards."""
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    people = _people(team, users["volunteer"])
    entries = [
        entry
        for person, hours in zip(people, HOURS, strict=False)
        for entry in _past(person, team, hours, rng, users["leader"], now)
    ]
    HourEntry.objects.bulk_create(entries)
    _make_stars(users, now=now)
    _make_revoked(people[len(HOURS)], users, now=now)
    BoardConsent.objects.bulk_create(
        BoardConsent(user=person, given_at=now - timedelta(days=30)) for person in people[:4]
    )
    _make_certificates(users["volunteer"], users["admin"], rng, now=now)
    _make_return(users["manager"], team, now=now)
    count_team_days(now=now)


def _people(team: Team, first: User) -> list[User]:
    members = Membership.objects.filter(team=team, role=MemberRole.MEMBER).exclude(user=first)
    return [first, *(member.user for member in members.select_related("user").order_by("pk"))]


def _past(
    person: User, team: Team, hours: int, rng: Random, decided_by: User, now: datetime
) -> Iterator[HourEntry]:
    """Approved service of so many hours, on days drawn from the past year."""
    days = rng.sample(range(LATEST, EARLIEST), hours // 3)
    for ago in sorted(days, reverse=True):
        start = moment(today(now) - timedelta(days=ago), rng.choice([32, 36, 56, 60]))
        end = start + timedelta(hours=rng.choice([3, 3, 3.5]))
        yield HourEntry(
            id=UUID(int=rng.getrandbits(128), version=4),
            volunteer=person,
            team=team,
            starts_at=start,
            ends_at=end,
            date=today(start),
            last_date=today(end),
            minutes=(end - start) // timedelta(minutes=1),
            note=rng.choice(DONE),
            source=Source.VOLUNTEER,
            evidence=Evidence.SCAN_AND_LEADER,
            state=HourState.APPROVED,
            created_at=end,
            decided_by=decided_by,
            decided_at=end + timedelta(days=1),
        )


def _make_stars(users: dict[str, User], *, now: datetime) -> None:
    """One at each step; the notices that are open began yesterday."""
    find_eligible(now=now)
    found = list(StarAward.objects.order_by("volunteer", "level"))
    past, recent = today(now) - timedelta(days=30), today(now) - timedelta(days=1)
    for award, state in zip(found, STEPS, strict=False):
        _step(award, state, users, recent if state in STEPS[1:3] else past, now)
    objected = next((award for award in found if award.state == AwardState.OBJECTED), None)
    if objected:
        Objection.objects.create(
            award=objected, raised_by=users["resident"], text=OBJECTION, raised_at=now
        )


def _make_revoked(person: User, users: dict[str, User], *, now: datetime) -> None:
    """A star of somebody whose hours were put right since, and are no longer enough."""
    begun = today(now) - timedelta(days=90)
    award = StarAward(volunteer=person, level=1, minutes=100 * 60)
    _step(award, AwardState.REVOKED, users, begun, now)


def _step(
    award: StarAward, state: AwardState, users: dict[str, User], begun: date, now: datetime
) -> None:
    award.state = state
    award.announced_on, award.notice_until = begun, notice_until(begun)
    award.proposed_by = users["manager"]
    award.eligible_on = begun - timedelta(days=1)
    if state in (AwardState.AWARDED, AwardState.REVOKED):
        award.awarded_by = users["admin"]
        award.awarded_on = award.notice_until + timedelta(days=1)
    if state in (AwardState.DECLINED, AwardState.REVOKED):
        award.closed_by, award.closed_at, award.reason = users["admin"], now, REASON
    award.save()


def _make_certificates(person: User, admin: User, rng: Random, *, now: datetime) -> None:
    """Three of the volunteer's, the oldest revoked; their codes are the same in every run."""
    for months, is_revoked in ((9, True), (6, False), (1, False)):
        issued = now - timedelta(days=30 * months)
        period = rules.Period(today(now) - timedelta(days=EARLIEST), today(issued))
        code = "".join(rng.choices(rules.ALPHABET, k=rules.CODE_LENGTH))
        said = {**snapshot_of(person, period, now=issued), "code": code}
        Certificate.objects.create(
            code=code,
            volunteer=person,
            kind=CertificateKind.HOURS,
            first=period.first,
            last=period.last,
            snapshot=said,
            sha256=rules.digest(said),
            request_key=UUID(int=rng.getrandbits(128), version=4),
            issued_at=issued,
            revoked_at=now - timedelta(days=7) if is_revoked else None,
            revoked_by=admin if is_revoked else None,
            revoked_reason=REASON if is_revoked else "",
        )


def _make_return(manager: User, team: Team, *, now: datetime) -> ReturnBatch:
    """Handed in, most of it accepted, one record refused."""
    batch = make_batch(centre=team.centre, by=manager, now=now)
    mark_sent(batch=batch, by=manager, now=now)
    numbers = list(batch.rows.order_by("pk").values_list("pk", flat=True)[:40])
    answers = [Answer(number, is_accepted=True) for number in numbers[1:]]
    refused = Answer(numbers[0], is_accepted=False, reason="姓名与注册信息不一致")
    take_answers(batch=batch, answers=[refused, *answers], by=manager, now=now)
    return batch
