"""The volunteers' pages, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.hours import approved, decided, disputed, entered, late
from tests.factories.projects import pictured
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.adjustments.actions import propose_correction
from volunteers.evidence.models import EvidenceKind
from volunteers.hours.deciding import Decision
from volunteers.hours.models import HourEntry
from volunteers.reconciliation.actions import reconcile
from volunteers.review.actions import draw_sample
from volunteers.review.anomalies import open_anomalies
from volunteers.review.models import SampledEntry
from volunteers.teams.models import MemberRole, Team


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
    evening = reverse("volunteers:record-evening", args=[team.code])
    yield Place("volunteers:record-evening", decides, evening)
    yield from _own_record_places(team, mine, volunteer, leader)
    yield from _office_places(town, team, volunteer, leader)


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


def _own_record_places(team: Team, mine: Client, volunteer: User, leader: User) -> Iterator[Place]:
    """A record with a question, and one to dispute."""
    asked = decided(recorded(volunteer, service(team, ago=30)), leader, Decision.ASK)
    for name, entry in (
        ("asked", asked),
        ("entered", entered(team, leader, volunteer, ago=36)),
    ):
        address = reverse("volunteers:hour-record", args=[entry.pk])
        yield Place(f"volunteers:hour-record, {name}", mine, address)


def _office_places(town: Town, team: Team, volunteer: User, leader: User) -> Iterator[Place]:
    """What staff see: a dispute, a correction, a late entry, a record drawn by lot, a pattern."""
    clerk = staff_at(team.centre_id)
    late(team, clerk, volunteer)
    dispute = disputed(entered(team, leader, volunteer, ago=40))
    entry = decided(recorded(volunteer, service(team, ago=31, hours=1)), leader)
    propose_correction(entry_id=entry.pk, after=30, reason="早退", by=clerk, now=NOW)
    drawn = approved(team, leader, ago=55)
    draw_sample(day=today(NOW))
    reconcile(now=NOW)
    sample = SampledEntry.objects.first()
    pattern = open_anomalies(HourEntry.objects.all(), NOW)[0]
    admin = Client()
    sign_in_staff(admin, town.admin)
    arguments = {
        "hours:waiting": [],
        "hours:ledger": [],
        "hours:teams": [],
        "hours:enter": [team.code],
        "hours:allow": [team.code],
        "hours:audit": [],
        "hours:check": [sample.pk],
        "hours:dismiss": [pattern.kind, pattern.key],
        "hours:record": [drawn.pk],
    }
    for name, given in arguments.items():
        yield Place(name, admin, reverse(name, args=given))
    for name, pk in (("disputed", dispute.entry_id), ("corrected", entry.pk)):
        yield Place(f"hours:record, {name}", admin, reverse("hours:record", args=[pk]))
