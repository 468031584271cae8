"""The pages of activities: finding, signing up, making, checking in."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.activities import (
    TOMORROW,
    guest,
    joined,
    leader_of,
    make_activity,
    make_session,
    running,
)
from tests.factories.pages import last_code
from tests.factories.services import NOW, CommunityFactory
from volunteers.activities.models import Activity, ActivityKind, Session
from volunteers.presence.access import current_code
from volunteers.signups.actions import sign_up
from volunteers.signups.messages import signup_path
from volunteers.signups.models import Signup, SignupState

pytestmark = pytest.mark.django_db

TYPED = {"name": "李阿婆", "phone": "13900000009", "language": "zh-hans"}


@pytest.fixture(autouse=True)
def _noon(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def session():
    return make_session()


def text(answer):
    return answer.content.decode()


def link(signup, page):
    return f"{reverse(f'activities:{page}', args=[signup.reference])}?t={signup.token}"


def test_finds_what_is_coming_by_word_kind_and_centre(client, session):
    past = make_session(start=NOW - timedelta(days=1)).activity
    event = make_session(make_activity(ActivityKind.EVENT)).activity
    elsewhere = CommunityFactory()
    Activity.objects.filter(pk=event.pk).update(title_zh="龙舟赛", centre=elsewhere)
    address = reverse("activities:list")

    def found(**query):
        return set(client.get(address, query).context["page"].object_list)

    assert found() == {session.activity, event}
    assert past not in found(q="手机")
    assert found(q="龙舟") == found(kind="event") == found(centre=elsewhere.code) == {event}
    assert found(kind="nonsense", centre="nowhere") == {session.activity, event}


def test_lists_ask_the_database_the_same_for_many(client):
    user = UserFactory()
    client.force_login(user)

    def queries(address):
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    def fill(first, last):
        for hours in range(first, last):
            session = make_session(make_activity(), start=TOMORROW + timedelta(hours=hours))
            joined(session, user, now=NOW)

    fill(0, 1)
    activity = Activity.objects.get()
    leader = leader_of(activity.sessions.get())
    pages = [reverse("activities:list"), reverse("activities:mine"), reverse("api-activities")]
    few = [queries(page) for page in pages]
    fill(1, 9)
    assert [queries(page) for page in pages] == few

    client.force_login(leader)
    pages = [
        reverse("activities:activity", args=[activity.code]),
        reverse("volunteers:activity", args=[activity.code]),
        reverse("volunteers:session-list", args=[activity.sessions.get().pk]),
        reverse("volunteers:team-activities", args=[activity.team.code]),
    ]
    few = [queries(page) for page in pages]
    session = activity.sessions.get()
    Session.objects.update(capacity=20)
    for days in range(1, 9):
        make_session(activity, start=TOMORROW + timedelta(days=days))
        make_activity(team=activity.team)
        joined(session, now=NOW)
    assert [queries(page) for page in pages] == few


def test_signs_up_with_one_press_and_shows_it(client, session):
    user = UserFactory()
    client.force_login(user)

    page = client.post(reverse("activities:join", args=[session.pk]), follow=True)

    signup = Signup.objects.get(user=user)
    assert signup.state == SignupState.SIGNED_UP
    assert page.context["stage"] == "signed_up"
    shown = client.get(reverse("activities:mine")).context["rows"]
    assert shown == [(signup, signup_path(signup))]


def test_warns_before_signing_up_for_the_same_time(client, session):
    signup = joined(session, now=NOW)
    client.force_login(signup.user)
    other = make_session(start=session.starts_at)

    page = client.get(reverse("activities:join", args=[other.pk]))

    assert page.context["collisions"] == [signup]


def test_service_asks_for_an_account_and_an_event_for_a_name(client, session):
    answer = client.get(reverse("activities:join", args=[session.pk]))
    assert answer.status_code == 302

    event = make_session(make_activity(ActivityKind.EVENT))
    address = reverse("activities:join", args=[event.pk])
    assert client.post(address, {"name": "", "phone": "1"}).status_code == 422
    page = client.post(address, TYPED, follow=True)

    signup = Signup.objects.get(session=event)
    assert page.context["signup"] == signup
    assert (signup.user, signup.phone) == (None, TYPED["phone"])
    assert TYPED["phone"] not in text(page)


def test_a_guests_phone_is_proven_where_messages_are_really_sent(client, settings):
    settings.PHONE_VERIFICATION = True
    event = make_session(make_activity(ActivityKind.EVENT))
    address = reverse("activities:join", args=[event.pk])

    asked = client.post(address, TYPED)
    assert "code" in asked.context["form"].fields
    assert client.post(address, {**TYPED, "code": "000000"}).status_code == 422
    assert not Signup.objects.exists()
    client.post(address, {**TYPED, "code": last_code()})

    assert Signup.objects.get().state == SignupState.SIGNED_UP


def test_a_link_opens_one_sign_up_and_a_wrong_token_none(client):
    event = make_session(make_activity(ActivityKind.EVENT), capacity=1)
    first = sign_up(session_id=event.pk, person=guest(1), now=NOW)
    second = sign_up(session_id=event.pk, person=guest(2), now=NOW)

    assert client.get(link(first, "signup").replace("t=", "t=x")).status_code == 404
    assert client.post(link(first, "cancel")).status_code == 302
    assert client.get(link(second, "signup")).context["stage"] == "offered"
    client.post(link(second, "accept"))

    second.refresh_from_db()
    assert second.state == SignupState.SIGNED_UP
    assert client.get(link(second, "cancel")).status_code == 200


def test_a_leader_makes_publishes_repeats_and_cancels(client, session):
    leader, team = leader_of(session), session.activity.team
    client.force_login(leader)
    words = {"kind": "service", "title_zh": "巡河", "about_zh": "沿河清漂", "team": team.code}

    address = reverse("volunteers:team-activity-new", args=[team.code])
    assert client.post(address, {**words, "centre": "nowhere"}).status_code == 422
    client.post(address, {**words, "centre": team.centre.code})
    activity = Activity.objects.get(title_zh="巡河")
    code = [activity.code]
    publish = reverse("volunteers:activity-publish", args=code)
    client.post(publish)
    activity.refresh_from_db()
    assert not activity.is_published  # There is nothing to sign up for.
    times = {"day": "2026-11-28", "start": "22:00", "end": "01:00", "capacity": 5, "closes": 2}
    client.post(reverse("volunteers:session-new", args=code), times)
    client.post(publish)
    made = activity.sessions.get()
    assert (made.ends_at - made.starts_at, made.capacity) == (timedelta(hours=3), 5)
    client.post(reverse("volunteers:session-copy", args=[made.pk]), {"weeks": 3})
    client.post(reverse("volunteers:session-copy", args=[made.pk]), {"weeks": 3})
    assert activity.sessions.count() == 4
    edit = reverse("volunteers:session-edit", args=[made.pk])
    assert client.post(edit, {**times, "capacity": 0}).status_code == 422
    client.post(edit, {**times, "capacity": 7})
    made.refresh_from_db()
    assert made.capacity == 7
    client.post(reverse("volunteers:session-cancel", args=[made.pk]), {"reason": "台风"})
    client.post(reverse("volunteers:activity-cancel", args=code), {"reason": "停办"})
    activity.refresh_from_db()
    assert activity.is_cancelled
    assert not activity.sessions.planned().exists()
    assert client.get(reverse("activities:activity", args=code)).status_code == 200


def test_service_wants_a_team(client, session):
    sign_in_staff(client, staff_at(session.activity.centre_id))
    words = {"kind": "service", "title_zh": "巡河", "about_zh": "x", "centre": "town", "team": ""}

    assert client.post(reverse("activity_desk:new"), words).status_code == 422
    client.post(reverse("activity_desk:new"), {**words, "kind": "event"})

    assert Activity.objects.get(title_zh="巡河").team is None


def test_the_code_page_renews_itself_and_leads_to_checking_in(client):
    session = running()
    signup = joined(session)
    client.force_login(leader_of(session))
    page = client.get(reverse("volunteers:session-code", args=[session.pk]))
    digits = current_code(session, NOW)
    assert digits in text(page)
    assert re.search(r"delay:\d+s", text(page))
    assert re.search(r'http-equiv="refresh"\s+content="\d+"', text(page))

    phone = Client()
    phone.force_login(signup.user)
    attend = reverse("volunteers:attend", args=[session.pk])
    assert f'name="code" value="{digits}"' in text(phone.get(attend, {"c": digits}))
    assert phone.post(attend, {"code": "000000", "act": "in"}).status_code == 422
    phone.post(attend, {"code": digits, "act": "in"})
    phone.post(attend, {"code": digits, "act": "in"})
    signup.refresh_from_db()
    assert signup.checked_in_at == NOW
    assert signup.checked_out_at is None
    phone.post(attend, {"code": digits, "act": "out"})
    signup.refresh_from_db()
    assert signup.checked_out_at == NOW


def test_nobody_gets_to_guess_many_codes(client):
    session = running()
    client.force_login(joined(session).user)
    attend = reverse("volunteers:attend", args=[session.pk])

    for _ in range(11):
        client.post(attend, {"code": "000000", "act": "in"})
    answer = client.post(attend, {"code": current_code(session, NOW), "act": "in"})

    assert answer.status_code == 422


def test_a_tablet_in_the_hall_is_signed_out_and_shows_one_code_only(client):
    session, other = running(), make_session()
    client.force_login(leader_of(session))
    kiosk = reverse("volunteers:session-kiosk", args=[session.pk])
    assert client.get(kiosk).status_code == 200

    page = client.post(kiosk, follow=True)

    assert current_code(session, NOW) in text(page)
    assert not page.context["user"].is_authenticated
    assert client.get(reverse("volunteers:session-list", args=[session.pk])).status_code == 302
    assert client.get(reverse("volunteers:session-kiosk", args=[other.pk])).status_code == 302


def test_the_list_is_ticked_and_a_forged_number_is_left_out(client):
    session = running()
    signup, foreign = joined(session), joined(running())
    client.force_login(leader_of(session))
    address = reverse("volunteers:session-list", args=[session.pk])

    client.post(address, {"signup": [signup.pk, foreign.pk, "x", "9" * 40], "act": "missed"})

    states = [SignupState.MISSED, SignupState.SIGNED_UP]
    assert list(Signup.objects.order_by("pk").values_list("state", flat=True)) == states
    assert client.get(address).context["lines"][0].signup == signup


def test_a_whole_hall_is_ticked_at_once(client, stop_the_clock):
    session = running(capacity=9)
    numbers = [joined(session).pk for _ in range(4)]
    client.force_login(leader_of(session))
    stop_the_clock(session.ends_at)

    address = reverse("volunteers:session-list", args=[session.pk])
    client.post(address, {"signup": numbers, "act": "came"})

    lines = client.get(address).context["lines"]
    assert [line.minutes for line in lines] == [120] * 4
    assert not any(line.is_short for line in lines)
