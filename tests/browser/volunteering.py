"""The volunteers' pages, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff
from tests.factories.projects import pictured
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.evidence.models import EvidenceKind
from volunteers.teams.models import MemberRole


def volunteer_places(town: Town) -> Iterator[Place]:
    """A volunteer's own hours, a leader's screen, and the page that opens without a network."""
    team = TeamFactory(centre=town.centre)
    volunteer, leader = member_of(team), member_of(team, role=MemberRole.LEADER)
    recorded(volunteer, service(team, note="河涌巡护"))
    recorded(volunteer, service(team, ago=14, hours=9))
    mine, decides = Client(), Client()
    mine.force_login(volunteer)
    decides.force_login(leader)
    team_hours = reverse("volunteers:team-hours", args=[team.code])
    yield Place("volunteers:my-hours", mine, reverse("volunteers:my-hours"))
    yield Place("volunteers:my-hours, leader", decides, reverse("volunteers:my-hours"))
    yield Place("volunteers:team-hours", decides, team_hours)
    yield Place("volunteers:offline", Client(), reverse("volunteers:offline"))
    yield from project_places(town)


def project_places(town: Town) -> Iterator[Place]:
    """A project for everybody, for its leader and for who decides."""
    project, proposal = town.project, town.proposal
    works, admin, nobody = Client(), Client(), Client()
    works.force_login(project.proposed_by)
    sign_in_staff(admin, town.admin)
    picture = pictured(project, project.proposed_by, EvidenceKind.BEFORE)
    yield Place("projects:list", nobody, reverse("projects:list"))
    yield Place("projects:project", nobody, reverse("projects:project", args=[project.code]))
    yield Place("volunteers:projects", works, reverse("volunteers:projects"))
    yield Place("volunteers:project-new", works, reverse("volunteers:project-new"))
    for name in ("", "-plan", "-money", "-photos", "-result"):
        address = reverse(f"volunteers:project{name}", args=[project.code])
        yield Place(f"volunteers:project{name}", works, address)
    for name, given in (
        ("volunteers:project-edit", [proposal.code]),
        ("volunteers:project-photo-remove", [project.code, picture.pk]),
        ("volunteers:project-step", [project.code, "pause"]),
    ):
        yield Place(name, works, reverse(name, args=given))
    for name, given in (
        ("list", []),
        ("project", [proposal.code]),
        ("step", [proposal.code, "return"]),
    ):
        yield Place(f"projects-staff:{name}", admin, reverse(f"projects-staff:{name}", args=given))
