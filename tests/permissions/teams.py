"""What goes on in the team: who joins and leads, its activities, its stars."""

from datetime import timedelta
from uuid import uuid4

from lishui_center.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.activities import joined, make_activity, make_session
from tests.factories.recognition import announced, awarded, served, star
from tests.factories.services import NOW
from tests.factories.teams import asks, proposed, sheet_of
from tests.factories.thinktank import DAY
from tests.factories.volunteers import member_of
from tests.permissions.scene import Scene
from volunteers.activities.models import ActivityState
from volunteers.certificates.actions import certify_hours
from volunteers.certificates.rules import Period
from volunteers.importing.actions import keep_rows
from volunteers.importing.sheet import read_rows
from volunteers.presence.access import current_code
from volunteers.recognition.objecting import object_to_star
from volunteers.returns.actions import make_batch, mark_sent
from volunteers.signups.messages import signup_path
from volunteers.teams.models import MemberRole, Membership


def teams(scene: Scene) -> None:
    """Somebody asks to join, two are proposed, a sheet of members waits."""
    team, leader = scene.team, scene.people["leader"]
    candidate = Membership.objects.get(user=member_of(team))
    rows = sheet_of([["creek", "欧阳明", "13912340001", None]])
    kept = keep_rows(rows=read_rows(rows), by=scene.people["clerk"], now=NOW)
    scene.holds("members", "members.xlsx", rows)
    scene.keys |= {
        "asked_to_join": asks(team).pk,
        "as_deputy": proposed(team, by=leader).pk,
        "by_clerk": proposed(team, by=scene.people["clerk"]).pk,
        "candidate": candidate.pk,
        "deputys_term": Membership.objects.get(user=scene.people["deputy"]).pk,
        "sheet": kept.pk,
    }
    scene.can("asking", lambda: asks(team, user=scene.people["resident"]) and None)
    scene.can(
        "successor",
        lambda: {"as_leader": proposed(team, by=leader, role=MemberRole.LEADER).pk},
    )


def activities(scene: Scene) -> None:
    """A draft, a session that is to come, and one that goes on, which the volunteer joined."""
    draft = make_session(make_activity(state=ActivityState.DRAFT, team=scene.team))
    coming = make_session(make_activity(team=scene.team))
    running = make_session(make_activity(team=scene.team), start=NOW - timedelta(hours=1))
    signup = joined(running, scene.people["volunteer"])
    scene.keys |= {
        "draft_activity": draft.activity.code,
        "activity": coming.activity.code,
        "draft_session": draft.pk,
        "session": coming.pk,
        "running": running.pk,
        "signup": signup.pk,
        "signup_path": signup_path(signup),
        "digits": current_code(running, NOW),
    }


def recognition(scene: Scene) -> None:
    """Stars at every step, a certificate and two returns of the volunteer's hours."""
    volunteer = scene.people["volunteer"]
    served(volunteer, scene.team, hours=108)
    contested = announced(_served(scene), by=scene.colleague)
    objection = object_to_star(award_id=contested.pk, by=UserFactory(), text="?", now=NOW)
    paper = certify_hours(
        volunteer=volunteer, period=Period(DAY - timedelta(days=30), DAY), key=uuid4(), now=NOW
    )
    scene.keys |= {
        "reached": star(_served(scene)).pk,
        "announced": announced(volunteer, by=scene.colleague).pk,
        "noticed": announced(_served(scene), by=scene.colleague, over=True).pk,
        "contested": contested.pk,
        "objection": objection.pk,
        "revocable": awarded(_served(scene), level=5).pk,
        "paper": paper.code,
        "key": uuid4(),
    }
    scene.can("star", lambda: awarded(scene.people["lead"]) and None)
    batch = make_batch(centre=scene.centre, by=scene.other_admin, now=NOW)
    scene.keys["batch"] = batch.pk

    def handed_in() -> dict[str, int]:
        mark_sent(batch=batch, by=scene.other_admin, now=NOW)
        return {"row": batch.rows.all()[0].pk}

    def answered() -> None:
        handed_in()
        number = batch.rows.all()[0].pk
        sheet = f"序号,结果,原因\n{number},成功,\n"
        scene.holds("answers", "answers.csv", sheet.encode())

    scene.can("handed_in", handed_in)
    scene.can("answered", answered)


def _served(scene: Scene) -> User:
    user = member_of(scene.team)
    served(user, scene.team, hours=108)
    return user
