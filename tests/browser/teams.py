"""The pages of teams, each with somebody who may see it."""

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import UserFactory, sign_in_staff
from tests.factories.teams import asks, proposed, sheet_of
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.teams.models import MemberRole, Membership, Team


def team_places(town: Town) -> Iterator[Place]:
    """Teams for everybody, for members, and for those who lead one."""
    team = TeamFactory(centre=town.centre, about_zh="每周六沿河涌清漂，也教孩子认水鸟。")
    leader, deputy = member_of(team, role=MemberRole.LEADER), member_of(team, role="deputy")
    asked = asks(team)
    proposed(team, by=leader)
    term = Membership.objects.get(user=deputy).pk
    nobody, stranger = Client(), _client(UserFactory())
    mine, waits = _client(member_of(team)), _client(asked.user)
    yield _place("volunteers:teams", nobody)
    yield _place("volunteers:team", nobody, team.code)
    yield _place("volunteers:team, member", mine, team.code)
    yield _place("volunteers:team, waits", waits, team.code)
    yield _place("volunteers:join-team", stranger, team.code)
    yield _place("volunteers:leave-team", mine, team.code)
    yield _place("volunteers:team-visits", mine, team.code)
    yield _place("volunteers:team-visit-new", mine, team.code)
    leads = _client(leader)
    yield _place("volunteers:team-people", leads, team.code)
    yield _place("volunteers:join-request", leads, team.code, asked.pk)
    yield _place("volunteers:propose-role", leads, team.code)
    yield _place("volunteers:end-deputy", leads, team.code, term)


def team_staff_places(town: Town) -> Iterator[Place]:
    """Teams for the staff of their centre."""
    team = TeamFactory(centre=town.centre)
    leader = member_of(team, role=MemberRole.LEADER)
    asked, proposal = asks(team), proposed(team, by=leader)
    term = Membership.objects.get(user=member_of(team)).pk
    admin = Client()
    sign_in_staff(admin, town.admin)
    for name, given in {
        "volunteer-staff:teams": [],
        "volunteer-staff:team-add": [],
        "volunteer-staff:team": [team.code],
        "volunteer-staff:team-edit": [team.code],
        "volunteer-staff:team-state": [team.code],
        "volunteer-staff:propose": [team.code],
        "volunteer-staff:proposal": [team.code, proposal.pk],
        "volunteer-staff:member-end": [team.code, term],
        "volunteer-staff:join-request": [team.code, asked.pk],
        "volunteer-staff:import": [],
    }.items():
        yield _place(name, admin, *given)
    yield _preview(admin, team)


def _preview(admin: Client, team: Team) -> Place:
    """A sheet with a row that is right and one that is not."""
    rows = [[team.code, "欧阳明", "13912340001", None], [team.code, "", "12345", "昨天"]]
    sheet = SimpleUploadedFile("members.xlsx", sheet_of(rows))
    sent = admin.post(reverse("volunteer-staff:import"), {"sheet": sheet})
    return Place("volunteer-staff:import-preview", admin, sent.url)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _place(name: str, client: Client, *given: object) -> Place:
    return Place(name, client, reverse(name.partition(",")[0], args=given))
