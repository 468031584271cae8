"""Three meetings of the demo's think tank: one over and done, one over, one to come."""

from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.demo.places import Network
from thinktank.experts.models import ExpertProfile
from thinktank.meetings.actions import add_decision, save_meeting, settle_decision
from thinktank.meetings.models import Decision, DecisionState, Meeting

AFTERNOON = 58  # 14:30
MEETINGS = [
    (
        -70,
        "第三季度智库例会",
        "一、晚间服务观察分工\n二、观察报告的写法\n三、利益申报",
        "会议明确了晚间服务的观察分工，统一了报告的格式，成员当场申报了利益关系。",
        [
            ("统一观察报告的格式", "all", -55, "done"),
            ("为观察员开放台账的查询口径", "all", -40, "done"),
        ],
    ),
    (
        -12,
        "晚间服务专题会",
        "一、晚间窗口观察报告\n二、增窗试行方案",
        "与会成员讨论了晚间窗口的观察报告，同意先试行一个月，月底看数据。",
        [
            ("拟定增窗试行方案", "town", -3, "open"),
            ("月底汇总晚间等候数据", "town", 9, "open"),
        ],
    ),
    (14, "年度智库会议", "一、年度建议回顾\n二、明年选题", "", []),
]


def make_meetings(
    experts: list[ExpertProfile], network: Network, admin: User, *, now: datetime
) -> None:
    """With all who are in office, their minutes, and decisions at every stage."""
    for days, title, agenda, minutes, decisions in MEETINGS:
        day = today(now) + timedelta(days=days)
        meeting = Meeting(
            title=title,
            starts_at=moment(day, AFTERNOON),
            place="镇党群服务中心三楼会议室",
            guests="各村（社区）代表",
            agenda=agenda,
            minutes=minutes,
        )
        save_meeting(meeting=meeting, participants=experts[:8], by=admin)
        for text, owner, due, state in decisions:
            decision = Decision(
                meeting=meeting,
                text=text,
                centre=network.town if owner == "town" else None,
                due_on=today(now) + timedelta(days=due),
            )
            add_decision(decision=decision, by=admin)
            if state == DecisionState.DONE:
                settle_decision(
                    decision_id=decision.pk,
                    state=DecisionState.DONE,
                    note="",
                    by=admin,
                    now=now + timedelta(days=due),
                )
