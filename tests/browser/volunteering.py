"""The volunteers' pages, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
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
