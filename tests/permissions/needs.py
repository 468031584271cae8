"""Needs at every state: with the desk, with the village, with the team."""

from services.requests.models import ServiceRequest
from services.requests.rules import Act, State
from services.resolution.rollup import roll_up
from services.routing.actions import Target, add_route
from tests.factories.needs import report
from tests.factories.photos import photo_of
from tests.factories.projects import project_in
from tests.factories.services import NOW
from tests.factories.thinktank import DAY
from tests.permissions.scene import Scene
from volunteers.needs.actions import link_need
from volunteers.projects.rules import State as ProjectState

WITH_VILLAGE = ("dispatched", "accepted", "in_progress", "waiting_resident", "resolved_claimed")
WITH_TEAM = {
    "team_new": (),
    "team_taken": (Act.ACCEPT,),
    "team_begun": (Act.ACCEPT, Act.START),
    "team_asked": (Act.ACCEPT, Act.ASK),
}


def needs(scene: Scene) -> None:
    """One need at each state, named by it; what a team has begins with `team_`."""
    desk = scene.desk
    made = {state: desk.need_in(state, phone="") for state in ("submitted", "triaged")}
    made |= {state: desk.need_in(state, phone="") for state in WITH_VILLAGE}
    made |= {state: desk.need_in("resolved_claimed", phone="") for state in ("confirmed", "closed")}
    for state in (State.CONFIRMED, State.CLOSED):
        over = ServiceRequest.objects.filter(pk=made[state.value].pk)
        over.update(state=state, resolved_at=NOW, rounds=1)
    made["held"] = report(scene.centre, text="请打13800000009", phone="13900000081").request
    made["pictured"] = report(scene.centre, phone="", photos=[photo_of()]).request
    made["clerks_own"] = report(scene.centre, user=scene.people["clerk"], phone="").request
    made |= _with_team(scene)
    made["linked"] = desk.need_in("triaged", phone="")
    project = project_in(ProjectState.ACTIVE, team=scene.team, lead=scene.people["lead"])
    link_need(need_id=made["linked"].pk, code=project.code, by=scene.colleague, now=NOW)
    usual = Target("own")
    route = add_route(
        category="parking", centre=scene.centre, target=usual, by=scene.colleague, now=NOW
    )
    roll_up(first=DAY, last=DAY, now=NOW)
    scene.keys |= {name: need.reference for name, need in made.items()}
    scene.keys |= {"solving": project.code, "route": route.pk}


def _with_team(scene: Scene) -> dict[str, ServiceRequest]:
    found = {}
    for name, acts in WITH_TEAM.items():
        need = scene.desk.need_in("triaged", phone="", photos=[photo_of(None, name_colour(name))])
        scene.desk.do(need, Act.DISPATCH, target=("team", "creek"))
        for act in acts:
            scene.desk.do(need, act, by=scene.people["leader"])
        found[name] = need
    return found


def name_colour(name: str) -> str:
    """A picture of its own for each need."""
    return f"#{sum(name.encode()) % 256:02x}5060"
