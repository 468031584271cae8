"""Who may do what with an activity: everybody against everything."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.activities import make_activity, make_session
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.activities.actions import (
    Plan,
    Times,
    add_session,
    change_activity,
    copy_weekly,
    publish_activity,
)
from volunteers.activities.actions import make_activity as make
from volunteers.activities.errors import NotYourActivityError
from volunteers.activities.models import ActivityKind, ActivityState
from volunteers.presence.actions import add_walk_in, settle_list
from volunteers.signups.actions import account
from volunteers.signups.changing import cancel_activity, cancel_session, change_session
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db

RUNNERS = ["leader", "deputy", "staff", "manager", "admin"]
OTHERS = ["member", "stranger", "former leader", "other leader", "staff elsewhere", "auditor"]
EVERYBODY = [*RUNNERS, *OTHERS]
STAFF = {"staff", "manager", "admin", "staff elsewhere"}


@pytest.fixture
def session():
    """Tomorrow's session of a draft."""
    return make_session(make_activity(state=ActivityState.DRAFT))


def person(who, session):
    """Somebody as the team and the centre of the session know them."""
    activity = session.activity
    team, centre = activity.team, activity.centre_id
    yesterday = today(NOW) - timedelta(days=1)
    return {
        "leader": lambda: member_of(team, role=MemberRole.LEADER),
        "deputy": lambda: member_of(team, role=MemberRole.DEPUTY),
        "member": lambda: member_of(team),
        "stranger": UserFactory,
        "former leader": lambda: member_of(team, role=MemberRole.LEADER, ends_on=yesterday),
        "other leader": lambda: member_of(TeamFactory(), role=MemberRole.LEADER),
        "staff": lambda: staff_at(centre),
        "staff elsewhere": lambda: staff_at(CommunityFactory().pk),
        "manager": lambda: staff_at(centre, role=Role.CENTRE_MANAGER),
        "admin": lambda: town_wide(Role.TOWN_ADMIN),
        "auditor": lambda: town_wide(Role.AUDITOR),
    }[who]()


def signed_in(user):
    client = Client()
    sign_in_staff(client, user)
    return client


def pages_of(session):
    """The makers' pages of the session and its activity."""
    activity = ["activity", "activity-edit", "activity-cancel", "session-new"]
    one = ["list", "walk-in", "edit", "copy", "cancel", "code", "kiosk"]
    code = session.activity.code
    return [reverse(f"volunteers:{name}", args=[code]) for name in activity] + [
        reverse(f"volunteers:session-{name}", args=[session.pk]) for name in one
    ]


def acts_of(session, by):
    """{what: doing it}, for the actions themselves."""
    activity, later = session.activity, session.starts_at + timedelta(days=1)
    times = Times(later, later + timedelta(hours=1), later, 5)
    plan = Plan(ActivityKind.SERVICE, activity.centre, activity.team, "课", "说明")
    of = {"activity_id": activity.pk, "by": by, "now": NOW}
    one = {"session_id": session.pk, "by": by, "now": NOW}
    at_start = session.starts_at + timedelta(days=1)
    return {
        "make": lambda: make(plan=plan, by=by, now=NOW),
        "change": lambda: change_activity(texts={"title_zh": "课"}, **of),
        "add": lambda: add_session(times=times, **of),
        "publish": lambda: publish_activity(**of),
        "copy": lambda: copy_weekly(session=session, weeks=1, by=by, now=NOW),
        "let in": lambda: add_walk_in(
            session_id=session.pk, person=account(UserFactory()), by=by, now=session.starts_at
        ),
        "move": lambda: change_session(
            times=Times(later + timedelta(hours=2), later + timedelta(hours=3), later, 5), **one
        ),
        "tick": lambda: settle_list(
            session=session, came=(), missed=(), by=by, now=at_start - timedelta(days=1)
        ),
        "cancel one": lambda: cancel_session(reason="雨", **one),
        "cancel all": lambda: cancel_activity(reason="雨", **of),
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_opens_the_makers_pages_to_those_who_run_it(session, who, stop_the_clock):
    stop_the_clock(NOW)
    client = signed_in(person(who, session))

    answers = {client.get(page).status_code for page in pages_of(session)}

    assert answers == ({200} if who in RUNNERS else {404})


@pytest.mark.parametrize("who", EVERYBODY)
def test_lets_those_who_run_it_act_and_nobody_else(session, who):
    user = person(who, session)

    for act in acts_of(session, user).values():
        if who in RUNNERS:
            act()
        else:
            with pytest.raises(NotYourActivityError):
                act()


@pytest.mark.parametrize("who", EVERYBODY)
def test_shows_the_lists_of_teams_to_leaders_and_of_centres_to_staff(session, who, stop_the_clock):
    stop_the_clock(NOW)
    client = signed_in(person(who, session))
    code = session.activity.team.code

    for name in ("volunteers:team-activities", "volunteers:team-activity-new"):
        expected = 200 if who in ("leader", "deputy") else 404
        assert client.get(reverse(name, args=[code])).status_code == expected
    page = client.get(reverse("activity_desk:list"))
    assert page.status_code == (200 if who in STAFF else 404)
    if who in STAFF:
        assert (session.activity in page.context["page"]) == (who in RUNNERS)
        assert client.get(reverse("activity_desk:new")).status_code == 200


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_draft_is_seen_by_nobody_on_the_public_pages(session, who, stop_the_clock):
    stop_the_clock(NOW)
    client = signed_in(person(who, session))
    code = session.activity.code

    assert client.get(reverse("activities:activity", args=[code])).status_code == 404
    assert client.get(reverse("activities:join", args=[session.pk])).status_code == 404
    assert client.get(reverse("volunteers:attend", args=[session.pk])).status_code == 404


def test_a_resident_without_account_is_asked_to_sign_in(client, session, stop_the_clock):
    stop_the_clock(NOW)
    for page in [*pages_of(session), reverse("activity_desk:list"), reverse("activities:mine")]:
        assert "/accounts/" in client.get(page).url


def test_staff_need_their_second_factor_and_leaders_none(client, session, stop_the_clock):
    stop_the_clock(NOW)
    page = reverse("volunteers:session-list", args=[session.pk])

    client.force_login(person("leader", session))
    assert client.get(page).status_code == 200
    client.force_login(person("staff", session))
    assert client.get(page).status_code == 302


def test_a_team_of_another_centre_is_not_used_by_staff_here(session):
    elsewhere = CommunityFactory()
    team = TeamFactory(centre=elsewhere)
    plan = Plan(ActivityKind.SERVICE, session.activity.centre, team, "课", "说明")

    with pytest.raises(NotYourActivityError):
        make(plan=plan, by=person("staff", session), now=NOW)
