"""A think tank with one of everything, whose author sits at the centre of it."""

from datetime import timedelta

from lishui_center.accounts.models import User
from services.centres.models import Centre
from tests.factories.accounts import staff_at
from tests.factories.services import NOW
from tests.factories.thinktank import (
    DAY,
    answered,
    drafted,
    member,
    profile,
    published,
    recommended,
    submitted,
)
from thinktank.experts.actions import Term, draft_engagement
from thinktank.experts.models import EngagedDay, Engagement, ExpertProfile
from thinktank.followup.actions import Step, add_action
from thinktank.meetings.actions import add_decision, save_meeting
from thinktank.meetings.models import Decision, Meeting


class ThinkTank:
    """Two members in office, one whose term is over; `keys` names the rows by what they are."""

    def __init__(self, admin: User, centre: Centre, manager: User) -> None:
        self.author, self.colleague = member(by=admin), member(by=admin)
        self.ended = member(by=admin)
        report = published(self.author, by=admin)
        done = answered(recommended(report, centre_id=centre.pk), manager)
        planned = profile(code="planned")
        term = Term("草1号", DAY, DAY + timedelta(days=9))
        meeting = save_meeting(
            meeting=Meeting(title="例会", starts_at=NOW, place="会议室", agenda="议程"),
            participants=[self.author],
            by=admin,
        )
        decision = Decision(meeting=meeting, text="试行", due_on=DAY)
        step = Step("training", "培训讲师", DAY)
        self.keys = {
            "draft": drafted(self.author).pk,
            "orphan": drafted(self.ended).pk,
            "submitted": submitted(self.author).pk,
            "published": report.pk,
            "asked": recommended(report, centre_id=centre.pk).pk,
            "asked_town": recommended(report).pk,
            "answered": done.pk,
            "step": add_action(recommendation_id=done.pk, step=step, by=manager).pk,
            "code": self.author.code,
            "planned": planned.code,
            "letter": draft_engagement(expert_id=planned.pk, term=term, by=admin).pk,
            "term": self.author.engagements.get().pk,
            "meeting": meeting.pk,
            "decision": add_decision(decision=decision, by=admin).pk,
        }
        end_yesterday(self.ended)


def end_yesterday(expert: ExpertProfile) -> None:
    """The letter ran out in the night; the role went with it."""
    yesterday = DAY - timedelta(days=1)
    Engagement.objects.filter(expert=expert).update(ends_on=yesterday)
    EngagedDay.objects.filter(expert=expert, day__gt=yesterday).delete()
    expert.user.role_grants.update(valid_to=yesterday)


def manager_of(centre: Centre) -> User:
    """Who answers for the centre."""
    return staff_at(centre.pk, role="centre_manager")
