"""What a step opens or leads to: milestones in a project's plan, courses, resources."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.dashboards.loop.advice import step_link
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.activities import make_activity
from tests.factories.projects import led_team, project_in
from tests.factories.resources import ResourceFactory
from tests.factories.services import CentreFactory
from tests.factories.thinktank import DAY, NOW, answered, member, published, recommended
from thinktank.followup.actions import Step, add_action
from thinktank.followup.models import Action
from thinktank.recommendations.errors import PlaceMissingError, ReferenceUnknownError
from volunteers.activities.models import ActivityKind
from volunteers.plans.actions import Target, order_milestone
from volunteers.plans.errors import DueOutsideError
from volunteers.plans.models import Milestone
from volunteers.projects.errors import NotNowError, NotYourProjectError
from volunteers.projects.rules import State

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
DUE = DAY + 20 * DAYS


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


@pytest.fixture
def manager():
    return staff_at(CentreFactory().pk, role=Role.CENTRE_MANAGER)


@pytest.fixture
def advice(admin, manager):
    """Of the town's centre, taken up."""
    given = recommended(published(member(by=admin), by=admin), centre_id=CentreFactory().pk)
    return answered(given, manager)


@pytest.fixture
def project(advice):
    """At work, of the centre that owns the advice."""
    return project_in(State.ACTIVE, team=led_team(CentreFactory())[0])


def ask(advice, by, **step):
    wanted = {"kind": "milestone", "title": "再装十盏灯", "due_on": DUE, "opens": True} | step
    return add_action(recommendation_id=advice.pk, step=Step(**wanted), by=by, now=NOW)


def test_a_step_opens_a_milestone_once_and_both_sides_lead_to_each_other(advice, manager, project):
    before = project.milestones.count()
    action = ask(advice, manager, place=project.code)
    again = ask(advice, manager, place=project.code)

    assert again.pk == action.pk
    assert project.milestones.count() == before + 1
    milestone = project.milestones.get(title="再装十盏灯")
    assert action.reference == f"{project.code}/{milestone.pk}"
    assert milestone.due_on == DUE
    event = Event.objects.get(action="project.milestone_added", actor_id=manager.pk)
    assert event.target_id == str(project.pk)
    public = Client()
    shown = public.get(reverse("projects:project", args=[project.code])).content.decode()
    page = reverse("thinktank:recommendation", args=[advice.pk])
    assert page in shown
    assert reverse("projects:project", args=[project.code]) in public.get(page).content.decode()
    public.force_login(project.lead)
    assert (
        page in public.get(reverse("volunteers:project-plan", args=[project.code])).content.decode()
    )
    line = step_link([action], "", DAY).lines[0]
    assert project.title in line.note
    assert line.url == reverse("projects:project", args=[project.code])


def test_the_database_holds_the_same_step_once(advice, manager, project):
    action = ask(advice, manager, place=project.code)
    action.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        action.save(force_insert=True)


def test_only_the_projects_office_asks_for_a_milestone(advice, manager, admin, project):
    elsewhere = project_in(State.ACTIVE)
    over = project_in(State.CANCELLED, team=project.links.get().team)
    for code in (elsewhere.code, over.code, "nothing", ""):
        with pytest.raises(PlaceMissingError):
            ask(advice, manager, place=code)
    target = Target("步骤", 1, DUE)
    for who in (manager, project.lead):
        with pytest.raises(NotYourProjectError):
            order_milestone(project_id=elsewhere.pk, target=target, by=who, now=NOW)
    with pytest.raises(NotNowError):
        order_milestone(project_id=over.pk, target=target, by=manager, now=NOW)
    assert not Action.objects.exists()
    assert not Milestone.objects.filter(title__in=["再装十盏灯", "步骤"]).exists()

    assert ask(advice, admin, place=elsewhere.code).reference.startswith(elsewhere.code)


def test_a_day_outside_of_the_project_opens_nothing(advice, manager, project):
    with pytest.raises(DueOutsideError):
        ask(advice, manager, place=project.code, due_on=project.ends_on + DAYS)

    assert not Action.objects.exists()


def test_the_owner_chooses_a_project_on_the_page(advice, manager, project, stop_the_clock):
    stop_the_clock(NOW)
    elsewhere = project_in(State.ACTIVE)
    staff = Client()
    sign_in_staff(staff, manager)
    address = reverse("thinktank-staff:step-add", args=[advice.pk])
    form = staff.get(address).content.decode()
    sent = {"kind": "milestone", "title": "装灯二期", "due_on": DUE.isoformat()}

    assert f'value="{project.code}"' in form
    assert f'value="{elsewhere.code}"' not in form
    assert staff.post(address, sent | {"place": elsewhere.code}).status_code == 422
    assert staff.post(address, sent | {"opens": "on"}).status_code == 422
    assert staff.post(address, sent | {"place": project.code}).status_code == 302
    assert Action.objects.get().linked.title == "装灯二期"


def test_a_reference_must_be_of_something_that_is_there(advice, manager, project):
    course = make_activity(ActivityKind.TRAINING, team=project.links.get().team)
    service = make_activity(team=project.links.get().team)
    room = ResourceFactory(centre=CentreFactory())
    milestone = project.milestones.first()
    known = {
        "training": course.code,
        "resource": room.code,
        "project": project.code,
        "milestone": f"{project.code}/{milestone.pk}",
    }
    unknown = [
        ("training", service.code),
        ("resource", "nothing"),
        ("project", "nothing"),
        ("milestone", f"{project.code}/{'9' * 30}"),
        ("milestone", "nothing/1"),
        ("new_request", "S0"),
    ]
    for kind, code in unknown:
        with pytest.raises(ReferenceUnknownError):
            ask(advice, manager, kind=kind, reference=code)

    made = {
        kind: ask(advice, manager, kind=kind, reference=code).linked.title
        for kind, code in known.items()
    }

    assert made == {
        "training": course.title,
        "resource": room.name,
        "project": project.title,
        "milestone": milestone.title,
    }
    plain = ask(advice, manager, kind="rule_change", reference="里办〔2026〕3号", opens=False)
    assert plain.linked is None
