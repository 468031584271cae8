"""Needs, and what is done with them."""

from datetime import datetime
from typing import Any

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from services.centres.models import Centre
from services.dispatching.actions import take_step
from services.dispatching.steps import Details
from services.intake.actions import Contact, Report, report_need
from services.requests.followers import Follower
from services.requests.models import Category, Channel, ServiceRequest
from services.requests.rules import Act
from tests.factories.accounts import staff_at
from tests.factories.services import NOW, CentreFactory, CommunityFactory

PHONE = "13900000001"
PATHS = {
    "submitted": [],
    "triaged": [Act.TRIAGE],
    "dispatched": [Act.TRIAGE, Act.DISPATCH],
    "accepted": [Act.TRIAGE, Act.DISPATCH, Act.ACCEPT],
    "in_progress": [Act.TRIAGE, Act.DISPATCH, Act.ACCEPT, Act.START],
    "waiting_resident": [Act.TRIAGE, Act.DISPATCH, Act.ACCEPT, Act.ASK],
    "resolved_claimed": [Act.TRIAGE, Act.DISPATCH, Act.ACCEPT, Act.RESOLVE],
    "returned": [Act.TRIAGE, Act.DISPATCH, Act.RETURN],
    "declined": [Act.DECLINE],
}


def report(centre: Centre | None = None, *, now: datetime = NOW, **fields: Any) -> Follower:
    """A need about parking at the town's centre, by phone; the reporter's entry."""
    contact = {"language": "zh-hans", "phone": PHONE} | {
        name: fields.pop(name) for name in ("user", "phone", "email", "language") if name in fields
    }
    known = {
        "category": Category.PARKING,
        "text": "村口长期有车停在消防通道上",
        "channel": Channel.WEB,
        "contact": Contact(**contact),
    }
    place = centre or CentreFactory()
    return report_need(report=Report(centre=place, **(known | fields)), now=now).follower


class Desk:
    """The town's centre with its clerk and manager, and a village with its own."""

    def __init__(self) -> None:
        self.town = CentreFactory()
        self.village = CommunityFactory()
        self.manager = staff_at(self.town.pk, role=Role.CENTRE_MANAGER)
        self.clerk = staff_at(self.town.pk)
        self.village_clerk = staff_at(self.village.pk)

    def who(self, act: Act) -> User:
        if act is Act.DECLINE:
            return self.manager
        return self.clerk if act in {Act.TRIAGE, Act.DISPATCH} else self.village_clerk

    def do(
        self,
        need: ServiceRequest,
        act: Act,
        *,
        by: User | None = None,
        now: datetime = NOW,
        **given: Any,
    ) -> ServiceRequest:
        """One step, by whoever it falls to; passed on to the village unless told."""
        details = Details(
            **({"note": "已现场核实", "target": ("centre", self.village.code)} | given)
        )
        return take_step(
            need_id=need.pk, act=act, actor=by or self.who(act), given=details, now=now
        )

    def need_in(self, state: str, **fields: Any) -> ServiceRequest:
        """A need of the town, walked to that state."""
        return self.walk(report(self.town, **fields).request, state)

    def walk(self, need: ServiceRequest, state: str, *, now: datetime = NOW) -> ServiceRequest:
        for act in PATHS[state]:
            need = self.do(need, act, now=now)
        return need
