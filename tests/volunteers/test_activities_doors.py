"""What keeps an activity to those who run it, besides tests/permissions/activities.md."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.activities import leader_of, make_activity, make_session
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
from volunteers.activities.actions import (
    make_activity as make,
)
from volunteers.activities.errors import NotYourActivityError
from volunteers.activities.models import ActivityKind, ActivityState
from volunteers.presence.actions import add_walk_in, settle_list
from volunteers.signups.actions import account
from volunteers.signups.changing import cancel_activity, cancel_session, change_session

pytestmark = pytest.mark.django_db

STRANGERS = {
    "stranger": lambda _team: UserFactory(),
    "member": member_of,
    "manager elsewhere": lambda _team: staff_at(CommunityFactory().pk, role=Role.CENTRE_MANAGER),
}


@pytest.fixture
def session():
    """Tomorrow's session of a draft."""
    return make_session(make_activity(state=ActivityState.DRAFT))


def acts_of(session, by):
    """Everything that changes an activity or a session of it."""
    activity, later = session.activity, session.starts_at + timedelta(days=1)
    times = Times(later, later + timedelta(hours=1), later, 5)
    plan = Plan(ActivityKind.SERVICE, activity.centre, activity.team, "课", "说明")
    of = {"activity_id": activity.pk, "by": by, "now": NOW}
    one = {"session_id": session.pk, "by": by, "now": NOW}
    return [
        lambda: make(plan=plan, by=by, now=NOW),
        lambda: change_activity(texts={"title_zh": "课"}, **of),
        lambda: add_session(times=times, **of),
        lambda: publish_activity(**of),
        lambda: copy_weekly(session=session, weeks=1, by=by, now=NOW),
        lambda: add_walk_in(
            session_id=session.pk, person=account(UserFactory()), by=by, now=session.starts_at
        ),
        lambda: change_session(times=times, **one),
        lambda: settle_list(session=session, came=(), missed=(), by=by, now=session.starts_at),
        lambda: cancel_session(reason="雨", **one),
        lambda: cancel_activity(reason="雨", **of),
    ]


@pytest.mark.parametrize("who", STRANGERS)
def test_each_act_refuses_by_itself_whoever_does_not_run_it(session, who):
    for act in acts_of(session, STRANGERS[who](session.activity.team)):
        with pytest.raises(NotYourActivityError):
            act()


def test_lists_for_staff_hold_what_is_at_their_centres(client, session, stop_the_clock):
    stop_the_clock(NOW)
    shown = {}
    for centre in (session.activity.centre_id, CommunityFactory().pk):
        sign_in_staff(client, staff_at(centre))
        page = client.get(reverse("activity_desk:list")).context["page"]
        shown[centre] = session.activity in page

    assert list(shown.values()) == [True, False]


def test_staff_need_their_second_factor_and_leaders_none(client, session, stop_the_clock):
    stop_the_clock(NOW)
    page = reverse("volunteers:session-list", args=[session.pk])

    client.force_login(leader_of(session))
    assert client.get(page).status_code == 200
    client.force_login(staff_at(session.activity.centre_id))
    assert client.get(page).status_code == 302


def test_a_team_of_another_centre_is_not_used_by_staff_here(session):
    centre = session.activity.centre
    team = TeamFactory(centre=CommunityFactory())
    plan = Plan(ActivityKind.SERVICE, centre, team, "课", "说明")

    with pytest.raises(NotYourActivityError):
        make(plan=plan, by=staff_at(centre.pk), now=NOW)
