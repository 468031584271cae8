"""Records of hours with what can happen to them, and the people around a team."""

from datetime import timedelta
from types import SimpleNamespace

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.disputes.actions import dispute_hours
from volunteers.disputes.models import Dispute
from volunteers.entering.actions import Grounds, enter_late
from volunteers.hours.actions import Entered, record_for
from volunteers.hours.deciding import Decision, decide_hours
from volunteers.hours.models import HourEntry, Source
from volunteers.teams.models import MemberRole, Team

GROUNDS = Grounds(reason="月底补录", basis="3月签到表，存档案柜")


def around(team: Team) -> SimpleNamespace:
    """Everybody who could have something to do with the team's hours."""
    elsewhere = CommunityFactory().pk
    manager = {"role": Role.CENTRE_MANAGER}
    return SimpleNamespace(
        volunteer=member_of(team),
        leader=member_of(team, role=MemberRole.LEADER),
        deputy=member_of(team, role=MemberRole.DEPUTY),
        member=member_of(team),
        ended=member_of(team, role=MemberRole.LEADER, ends_on=(NOW - timedelta(days=1)).date()),
        stranger=UserFactory(),
        staff=staff_at(team.centre_id),
        colleague=staff_at(team.centre_id),
        staff_elsewhere=staff_at(elsewhere),
        manager=staff_at(team.centre_id, **manager),
        manager_elsewhere=staff_at(elsewhere, **manager),
        admin=town_wide(Role.TOWN_ADMIN),
        auditor=town_wide(Role.AUDITOR),
    )


def centre_team() -> Team:
    """A team of a centre."""
    return TeamFactory(centre=CommunityFactory())


def decided(entry: HourEntry, by: User, decision: Decision = Decision.APPROVE) -> HourEntry:
    return decide_hours(entry_id=entry.pk, decision=decision, by=by, now=NOW, reason="说明")


def approved(team: Team, by: User, **what: object) -> HourEntry:
    """Somebody's approved record."""
    return decided(recorded(member_of(team), service(team, **what)), by)


def entered(team: Team, by: User, volunteer: User, **what: object) -> HourEntry:
    """What a leader entered for a member."""
    who = Entered(by, Source.LEADER)
    what = service(team, **what)
    return record_for(volunteer=volunteer, service=what, entered=who, now=NOW).entry


def late(team: Team, by: User, volunteer: User, *, days: int = 60, **what: object) -> HourEntry:
    """What staff entered for a member, of `days` ago."""
    what = service(team, ago=24 * days, **what)
    return enter_late(
        volunteer=volunteer, team=team, service=what, grounds=GROUNDS, by=by, now=NOW
    ).entry


def voided(entry: HourEntry) -> None:
    """An approved record corrected down to nothing: one proposes, another confirms."""
    proposed = propose_correction(
        entry_id=entry.pk, after=0, reason="签到表上没有", by=town_wide(Role.TOWN_ADMIN), now=NOW
    )
    confirm_correction(
        adjustment_id=proposed.pk, is_right=True, by=town_wide(Role.TOWN_ADMIN), now=NOW
    )


def disputed(entry: HourEntry) -> Dispute:
    return dispute_hours(entry_id=entry.pk, text="不对", by=entry.volunteer, now=NOW)
