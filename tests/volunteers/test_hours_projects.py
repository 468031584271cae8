"""Hours for a project: it is the team's, and was under way that day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.projects import led_team, project_in, step
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.hours.access import known_to, minutes_for_project
from volunteers.hours.deciding import Decision, decide_hours
from volunteers.hours.errors import (
    EntryChangedError,
    ProjectNotActiveError,
    ProjectNotOfTeamError,
    UnknownProjectError,
)
from volunteers.hours.models import HourEntry
from volunteers.projects.rules import Act, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def led():
    return led_team()


@pytest.fixture
def project(led):
    return project_in(State.ACTIVE, team=led[0])


@pytest.fixture
def volunteer(led):
    return member_of(led[0])


def test_counts_for_the_project_once_approved(led, project, volunteer):
    entry = recorded(volunteer, service(led[0], project=project.code))
    recorded(volunteer, service(led[0], ago=6))
    assert (entry.project, minutes_for_project(project)) == (project, 0)

    decide_hours(entry_id=entry.pk, decision=Decision.APPROVE, by=led[1], now=NOW)

    assert minutes_for_project(project) == 120


def test_says_whether_the_project_is_unknown_anothers_or_not_under_way(led, project, volunteer):
    other = member_of(TeamFactory())
    elsewhere = other.memberships.get().team

    with pytest.raises(UnknownProjectError):
        recorded(volunteer, service(led[0], project="nowhere"))
    with pytest.raises(ProjectNotOfTeamError):
        recorded(other, service(elsewhere, project=project.code))
    with pytest.raises(ProjectNotActiveError):
        recorded(volunteer, service(led[0], ago=27, project=project.code))
    assert not HourEntry.objects.exists()


def test_the_day_of_the_service_counts_not_the_day_of_entering(led, project, volunteer):
    later = NOW + timedelta(days=3)
    step(project, Act.PAUSE, led[1], reason="台风", now=NOW + timedelta(days=1))

    assert recorded(volunteer, service(led[0], project=project.code), now=later).project == project
    with pytest.raises(ProjectNotActiveError):
        recorded(volunteer, service(led[0], ago=-50, project=project.code), now=later)


def test_the_same_id_for_another_project_is_another_content(led, project, volunteer):
    what = service(led[0], project=project.code)
    recorded(volunteer, what)

    with pytest.raises(EntryChangedError):
        recorded(volunteer, service(led[0], pk=what.id))


def test_offers_the_projects_of_ones_teams_the_last_one_chosen(led, project, volunteer):
    project_in(State.APPROVED, team=led[0])
    project_in(State.ACTIVE)
    assert known_to(volunteer, NOW).projects == [(project, led[0])]
    assert known_to(volunteer, NOW).last_project == ""
    assert known_to(UserFactory(), NOW).projects == []

    recorded(volunteer, service(led[0], project=project.code))

    assert known_to(volunteer, NOW).last_project == project.code


def test_the_page_and_the_outbox_carry_the_project(led, project, volunteer, client, stop_the_clock):
    stop_the_clock(NOW)
    client.force_login(volunteer)
    page = reverse("volunteers:my-hours")
    form = client.get(page).context["form"]
    assert form.fields["project"].choices[1:] == [(project.code, project.title)]
    sent = {
        "id": "8f14e45f-ceea-467f-9d3a-2b7f6c1d0a11",
        "team": led[0].code,
        "project": project.code,
        "day": "2026-11-25",
        "start": "07:00",
        "end": "08:00",
    }

    assert client.post(reverse("volunteers:send-hours"), sent).status_code == 201
    answer = client.get(f"/api/v1/hours/{sent['id']}/").json()
    assert answer["project"] == project.code
    refused = client.post(reverse("volunteers:send-hours"), {**sent, "project": "gone"})
    assert refused.status_code == 422
    assert refused.json()["detail"] == str(UnknownProjectError.message)
