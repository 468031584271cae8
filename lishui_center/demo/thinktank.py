"""The think tank of the demo: terms at every stage, reports with evidence, advice and answers.

Everybody and everything in it is invented; the texts are in data/.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.demo.meetings import make_meetings
from lishui_center.demo.people import DOMAIN
from lishui_center.demo.places import Network
from lishui_center.demo.tables import rows
from services.centres.models import Centre
from services.ratings.models import Score
from thinktank.experts.actions import Term, draft_engagement, end_terms, issue_letter, terminate
from thinktank.experts.models import Engagement, ExpertProfile
from thinktank.followup.actions import Step, add_action, settle_action
from thinktank.followup.models import ActionState
from thinktank.observations.actions import (
    Report,
    declare_interest,
    publish_observation,
    return_observation,
    save_draft,
    submit_observation,
    withdraw_observation,
)
from thinktank.observations.models import Observation
from thinktank.recommendations.actions import (
    Advice,
    Answer,
    Finding,
    rate_response,
    recommend,
    respond,
    verify_effect,
)
from thinktank.recommendations.clocks import tick
from thinktank.recommendations.models import AnswerClass, Recommendation

TERMINATED_DAYS_AGO = 15
RENEWAL_DAYS = 730


@dataclass
class ThinkTank:
    """The members and reports made so far: {code: user}, {key: report}."""

    network: Network
    users: dict[str, User]
    now: datetime
    members: dict[str, User] = field(default_factory=dict)
    reports: dict[str, Observation] = field(default_factory=dict)

    def ago(self, days: str | int) -> datetime:
        """The moment so many days ago."""
        return self.now - timedelta(days=int(days))

    def centre(self, text: str) -> Centre | None:
        """'town', the number of a community, or 'all' for the town itself: None."""
        if text == "all":
            return None
        return self.network.town if text == "town" else self.network.communities[int(text)]

    def subject(self, text: str) -> str:
        """'centre:2' with the community's code; teams as they are."""
        kind, _colon, code = text.partition(":")
        centre = self.centre(code) if kind == "centre" else None
        return f"centre:{centre.code}" if centre else text


def make_think_tank(network: Network, users: dict[str, User], *, now: datetime) -> None:
    """Twelve members, three meetings, fifteen reports, twenty recommendations."""
    tank = ThinkTank(network, users, now)
    table = rows("experts")
    for number, row in enumerate(table, start=1):
        _engage(tank, row, number)
    make_meetings(list(ExpertProfile.objects.order_by("pk")), network, users["admin"], now=now)
    for row in rows("reports"):
        _report(tank, row)
    _declare(tank)
    for row in rows("advice"):
        _advise(tank, row)
    _end(tank, table)
    tick(now=now)


def _engage(tank: ThinkTank, row: dict[str, str], number: int) -> None:
    """A profile with its letter; one was engaged before, one is engaged again already."""
    user = tank.users["expert"] if number == 1 else _user(tank, row, number)
    tank.members[row["code"]] = user
    profile = ExpertProfile.objects.create(
        user=user,
        code=row["code"],
        field=row["field"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        bio_zh=row["bio_zh"],
        bio_en=row["bio_en"],
        is_invented=True,
    )
    first, last = int(row["first"]), int(row["last"])
    letter = _letter(tank, profile, number, (first, last))
    if row["state"] == "draft":
        return
    _issue(tank, letter)
    if row["state"] == "ending":
        _letter(tank, profile, 20 + number, (last + 1, last + RENEWAL_DAYS))
    if row["field"] == "services":
        _issue(tank, _letter(tank, profile, 40 + number, (first - RENEWAL_DAYS, first - 1)))


def _user(tank: ThinkTank, row: dict[str, str], number: int) -> User:
    return User.objects.create(
        email=f"expert-{number}@{DOMAIN}",
        display_name=row["name_zh"],
        password=make_password(None),
        is_demo=True,
        joined_at=tank.ago(90),
    )


def _letter(
    tank: ThinkTank, profile: ExpertProfile, number: int, days: tuple[int, int]
) -> Engagement:
    first, last = (today(tank.now) + timedelta(days=day) for day in days)
    term = Term(f"演示聘〔{first.year}〕{number}号", first, last)
    return draft_engagement(expert_id=profile.pk, term=term, by=tank.users["admin"])


def _issue(tank: ThinkTank, letter: Engagement) -> None:
    """Issued a week before the term, as the letter says."""
    issue_letter(engagement_id=letter.pk, by=tank.users["admin"], now=tank.now)
    issued_at = tank.now - timedelta(days=(today(tank.now) - letter.starts_on).days + 7)
    Engagement.objects.filter(pk=letter.pk).update(issued_at=issued_at)


def _report(tank: ThinkTank, row: dict[str, str]) -> None:
    """Written, and as far as its state says."""
    author, admin = tank.members[row["expert"]], tank.users["admin"]
    written = tank.ago(row["days_ago"])
    report = Report(
        subject=tank.subject(row["subject"]),
        title=row["title"],
        method=row["method"],
        observed_on=today(written) - timedelta(days=2),
        text=row["text"].replace("\\n", "\n"),
    )
    draft = save_draft(report=report, by=author, now=written)
    tank.reports[row["key"]] = draft
    if row["state"] == "draft":
        return
    submitted = written + timedelta(days=1)
    submit_observation(observation_id=draft.pk, by=author, now=submitted)
    decided = submitted + timedelta(days=1)
    if row["state"] == "published":
        publish_observation(observation_id=draft.pk, by=admin, now=decided)
    elif row["state"] == "returned":
        reason = "请补充照度数据后再提交"
        return_observation(observation_id=draft.pk, reason=reason, by=admin, now=decided)
    elif row["state"] == "withdrawn":
        withdraw_observation(observation_id=draft.pk, reason="统计口径有误", by=author)


def _declare(tank: ThinkTank) -> None:
    """Two members with an interest of their own."""
    for code, subject, reason in (
        ("shao-weihao", "team:creek", "曾任河涌巡护先锋队的技术顾问"),
        ("kong-lanxin", tank.subject("centre:1"), "家人在该社区工作"),
    ):
        declare_interest(subject=subject, reason=reason, by=tank.members[code], now=tank.ago(20))


def _advise(tank: ThinkTank, row: dict[str, str]) -> None:
    """Recommended, and where the table says so answered, rated, followed and checked."""
    report, centre = tank.reports[row["report"]], tank.centre(row["owner"])
    issued = tank.ago(row["days_ago"])
    text = Advice(row["title"], row["text"], centre.pk if centre else None)
    advice = recommend(observation_id=report.pk, advice=text, by=report.author, now=issued)
    due_on = advice.issued_on + timedelta(days=int(row["days"]))
    Recommendation.objects.filter(pk=advice.pk).update(due_on=due_on)
    if not row["answer"]:
        return
    answered = tank.ago(row["answered"])
    kind = AnswerClass(row["answer"])
    planned = today(tank.now) + timedelta(days=60) if kind == AnswerClass.PLANNED else None
    answer = Answer(kind, row["reply"], planned)
    owner = tank.users["manager" if centre == tank.network.town else "admin"]
    respond(recommendation_id=advice.pk, answer=answer, by=owner, now=answered)
    if row["rating"]:
        rate_response(
            recommendation_id=advice.pk,
            score=Score(int(row["rating"])),
            note="",
            by=report.author,
            now=answered + timedelta(days=1),
        )
    if row["steps"]:
        _follow(tank, advice, row["steps"], owner)
    if row["metric"]:
        _verify(tank, advice, row)


def _follow(tank: ThinkTank, advice: Recommendation, text: str, owner: User) -> None:
    kind, title, days, state = text.split(":")
    step = Step(kind, title, today(tank.now) + timedelta(days=int(days)))
    action = add_action(recommendation_id=advice.pk, step=step, by=owner)
    if state == ActionState.DONE:
        done_at = tank.ago(-int(days))
        settle_action(action_id=action.pk, state=ActionState.DONE, note="", by=owner, now=done_at)


def _verify(tank: ThinkTank, advice: Recommendation, row: dict[str, str]) -> None:
    finding = Finding(
        metric=row["metric"],
        before=Decimal(row["before"]),
        after=Decimal(row["after"]),
        has_effect=row["effect"] == "yes",
        note="镇中心台账，前后各四周（演示数据）",
    )
    verify_effect(
        recommendation_id=advice.pk,
        finding=finding,
        by=tank.members[row["verifier"]],
        now=tank.ago(2),
    )


def _end(tank: ThinkTank, table: list[dict[str, str]]) -> None:
    """One term was ended early; those that are over are noted so."""
    for row in table:
        if row["state"] == "terminated":
            term = Engagement.objects.get(expert__code=row["code"])
            terminate(
                engagement_id=term.pk,
                reason="本人因工作调动提出辞任",
                by=tank.users["admin"],
                now=tank.ago(TERMINATED_DAYS_AGO),
            )
    end_terms(now=tank.now)
