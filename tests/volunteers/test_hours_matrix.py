"""Who may do what with hours: one table says it, for everybody and every act."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404

from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from tests.factories.hours import (
    GROUNDS,
    approved,
    around,
    centre_team,
    decided,
    disputed,
    entered,
    late,
)
from tests.factories.services import NOW
from tests.factories.volunteers import recorded, service
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.disputes.actions import dispute_hours, settle_dispute
from volunteers.entering.actions import Evening, allow_long_day, enter_late, record_evening
from volunteers.hours.access import get_entry_of_team
from volunteers.hours.deciding import Decision, answer_question, decide_hours, withdraw_hours
from volunteers.records.access import get_own_record, get_record
from volunteers.review.actions import check_sample
from volunteers.review.models import SampledEntry
from volunteers.teams.access import get_team_to_decide

pytestmark = pytest.mark.django_db

OWN = {"volunteer"}
LEADERS = {"leader", "deputy"}
OFFICE = {"staff", "manager", "admin"}
MANAGERS = {"manager", "admin"}


class World:
    """A team of a centre, everybody around it, and the record in question."""

    def __init__(self):
        self.team = centre_team()
        self.people = around(self.team)

    def sent(self):
        return recorded(self.people.volunteer, service(self.team))

    def approved(self):
        return decided(self.sent(), self.people.colleague)

    def asked(self):
        return decided(self.sent(), self.people.colleague, Decision.ASK)

    def dispute(self):
        return disputed(entered(self.team, self.people.colleague, self.people.volunteer))

    def entered(self):
        return entered(self.team, self.people.colleague, self.people.volunteer)

    def late(self):
        return late(self.team, self.people.colleague, self.people.volunteer)

    def proposed(self):
        return propose(self, self.approved(), self.people.colleague)

    def sampled(self):
        entry = approved(self.team, self.people.colleague)
        return SampledEntry.objects.create(
            entry=entry, day=today(NOW), volunteer=entry.volunteer, approved_by=entry.decided_by
        )

    def nothing(self):
        return None


def decide(decision):
    return lambda world, entry, by: decide_hours(
        entry_id=entry.pk, decision=decision, by=by, now=NOW, reason="说明"
    )


def propose(world, entry, by):
    return propose_correction(entry_id=entry.pk, after=60, reason="算错", by=by, now=NOW)


def enter_evening(world, _nothing, by):
    what = service(world.team)
    evening = Evening(what.id, what.start, what.end)
    people = [world.people.volunteer]
    (outcome,) = record_evening(team=world.team, evening=evening, people=people, by=by, now=NOW)
    assert outcome.refusal is None


def enter_back(world, _nothing, by):
    return enter_late(
        volunteer=world.people.volunteer,
        team=world.team,
        service=service(world.team, ago=24 * 60),
        grounds=GROUNDS,
        by=by,
        now=NOW,
    )


def see(world, entry, by):
    day = today(NOW)
    for door in (
        lambda: get_own_record(by, entry.pk),
        lambda: get_entry_of_team(get_team_to_decide(by, world.team.code, day), entry.pk),
    ):
        try:
            return door()
        except Http404:
            continue
    return get_record(by, entry.pk, day)


TABLE = {
    "enter": (
        OWN | LEADERS | {"member"},
        World.nothing,
        lambda world, _nothing, by: recorded(by, service(world.team)),
    ),
    "enter for others": (LEADERS, World.nothing, enter_evening),
    "approve": (LEADERS | OFFICE, World.sent, decide(Decision.APPROVE)),
    "ask": (LEADERS | OFFICE, World.sent, decide(Decision.ASK)),
    "reject": (LEADERS | OFFICE, World.sent, decide(Decision.REJECT)),
    "answer": (
        OWN,
        World.asked,
        lambda world, entry, by: answer_question(entry_id=entry.pk, text="是", by=by, now=NOW),
    ),
    "withdraw": (
        OWN,
        World.sent,
        lambda world, entry, by: withdraw_hours(entry_id=entry.pk, by=by, now=NOW),
    ),
    "dispute": (
        OWN,
        World.entered,
        lambda world, entry, by: dispute_hours(entry_id=entry.pk, text="不对", by=by, now=NOW),
    ),
    "settle a dispute": (
        OFFICE,
        World.dispute,
        lambda world, dispute, by: settle_dispute(
            dispute_id=dispute.pk, is_upheld=True, answer="已核实", by=by, now=NOW
        ),
    ),
    "back-enter": (OFFICE, World.nothing, enter_back),
    "confirm a back-entry": (OFFICE, World.late, decide(Decision.APPROVE)),
    "adjust": (OFFICE, World.approved, propose),
    "confirm an adjustment": (
        OFFICE,
        World.proposed,
        lambda world, correction, by: confirm_correction(
            adjustment_id=correction.pk, is_right=True, by=by, now=NOW
        ),
    ),
    "audit": (
        MANAGERS,
        World.sampled,
        lambda world, sample, by: check_sample(
            sample_id=sample.pk, after=None, remark="", by=by, now=NOW
        ),
    ),
    "allow a long day": (
        {"admin"},
        World.nothing,
        lambda world, _nothing, by: allow_long_day(
            volunteer=world.people.volunteer, day=today(NOW), reason="抗洪", by=by, now=NOW
        ),
    ),
    "see": (OWN | LEADERS | OFFICE | {"colleague", "auditor"}, World.sent, see),
}
# In every row the colleague did what came before, and may not be the second person as well.
SECOND = {"settle a dispute", "confirm a back-entry", "confirm an adjustment", "audit", "see"}


@pytest.mark.parametrize("act", TABLE)
def test_opens_each_act_to_whom_it_is_for(act):
    expected, prepare, do = TABLE[act]
    world = World()
    thing = prepare(world)

    allowed = {name for name, by in vars(world.people).items() if _may(world, do, thing, by)}

    if act not in SECOND:  # Else the colleague is like any other member of staff.
        expected = expected | ({"colleague"} if "staff" in expected else set())
    assert allowed == expected


def _may(world, do, thing, by) -> bool:
    """Whether it was done; in any case it is undone."""
    try:
        with transaction.atomic():
            do(world, thing, by)
            transaction.set_rollback(True)
    except (RuleError, Http404, ObjectDoesNotExist):
        return False
    return True
