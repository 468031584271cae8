"""Projects of the team at the states in which something is decided."""

from tests.factories.projects import finish_work, noted, pictured, project_in
from tests.permissions.scene import Scene
from volunteers.evidence.models import EvidenceKind
from volunteers.projects.models import Project
from volunteers.projects.rules import State

STATES = (State.PROPOSED, State.APPROVED, State.ACTIVE, State.PAUSED, State.REVIEW)
PICTURED = ("idea", "active")


def projects(scene: Scene) -> None:
    """One at each state, named by it: `idea`, `proposed` …; the lead leads them all."""
    lead, leader = scene.people["lead"], scene.people["leader"]
    made: dict[str, Project] = {
        state.value: project_in(state, team=scene.team, lead=lead) for state in STATES
    }
    made["idea"] = noted(scene.team, leader, lead=lead)
    pictures = {state: pictured(made[state], leader, EvidenceKind.BEFORE) for state in PICTURED}
    for state, project in made.items():
        project.refresh_from_db()
        scene.keys |= {
            f"{state}_project": project.code,
            f"{state}_version": project.version,
            f"{state}_milestone": project.milestones.all()[0].pk,
            f"{state}_cost": project.budget.all()[0].pk,
        }

    def finished() -> dict[str, int]:
        finish_work(made["active"], leader)
        made["active"].refresh_from_db()
        return {"active_version": made["active"].version}

    scene.can("finished", finished)
    scene.keys |= {f"{state}_picture": picture.pk for state, picture in pictures.items()}
