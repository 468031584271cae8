"""What leaves the activities: the API, files, a person's copy; and what is erased."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.privacy import erase_all, export_all
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.activities import guest, joined, make_activity, make_session
from tests.factories.services import NOW, CommunityFactory
from volunteers.activities.models import ActivityKind
from volunteers.signups import privacy
from volunteers.signups.actions import cancel_signup, sign_up
from volunteers.signups.messages import signup_path
from volunteers.signups.models import SignupState
from volunteers.training.actions import Part, record_training
from volunteers.training.models import TrainingEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(stop_the_clock):
    stop_the_clock(NOW)
    return make_session()


def test_the_api_lists_shows_and_signs_up(client, session):
    joined(session, now=NOW)
    (listed,) = client.get(reverse("api-activities")).json()["results"]
    code = session.activity.code
    shown = client.get(reverse("api-activity", args=[code])).json()
    assert listed == shown
    (one,) = shown["sessions"]
    assert (one["capacity"], one["free"], one["open"]) == (2, 1, True)
    assert one["start"] == "2026-11-26T10:00:00+08:00"
    address = reverse("api-activity-signup", args=[code, session.pk])
    assert client.post(address).status_code == 403
    client.force_login(UserFactory())

    made = client.post(address)

    assert (made.status_code, made.json()["state"]) == (201, "signed_up")
    assert client.post(address).json()["code"] == "already_signed_up"
    wrong = reverse("api-activity-signup", args=["nothing", session.pk])
    assert client.post(wrong).status_code == 404


def test_lists_are_taken_away_masked_by_those_who_work_there(client, session):
    signup = joined(session, now=NOW)
    record_training(user=signup.user, part=Part(session, 60), now=NOW)
    sign_in_staff(client, staff_at(session.activity.centre_id))
    files = {
        name: reverse("exports:csv", args=[name]) + f"?session={session.pk}"
        for name in ("signups", "training")
    }
    for address in files.values():
        content = b"".join(client.get(address)).decode("utf-8-sig")
        assert "陈*怡" in content
        assert signup.user.phone not in content
        assert len(content.splitlines()) == 2
    away = Client()
    sign_in_staff(away, staff_at(CommunityFactory().pk))
    for address in files.values():
        content = b"".join(away.get(address)).decode("utf-8-sig")
        assert len(content.splitlines()) == 1


def test_a_persons_copy_holds_all_and_erasing_leaves_no_name(session):
    signup, waiting = joined(session, now=NOW), None
    joined(session, now=NOW)
    waiting = joined(session, now=NOW)
    course = make_session(make_activity(ActivityKind.TRAINING), start=NOW - timedelta(days=1))
    record_training(user=signup.user, part=Part(course, 60), now=NOW)

    copy = export_all(signup.user, now=NOW)
    erase_all(signup.user, now=NOW)

    assert copy["activities"][0]["state"] == "signed_up"
    assert copy["training"][0]["minutes"] == 60
    signup.refresh_from_db()
    assert (signup.user, signup.name, signup.state) == (None, "", SignupState.CANCELLED)
    assert TrainingEntry.objects.get().user is None
    waiting.refresh_from_db()
    assert waiting.state == SignupState.OFFERED


def test_old_sign_ups_forget_their_person_after_a_year():
    event = make_session(make_activity(ActivityKind.EVENT))
    signup = sign_up(session_id=event.pk, person=guest(), now=NOW)
    cancel_signup(signup_id=signup.pk, now=NOW)
    a_year_on = event.ends_at + timedelta(days=366)

    assert privacy.forget_old(now=event.ends_at + timedelta(days=364)) == 0
    assert (privacy.forget_old(now=a_year_on), privacy.forget_old(now=a_year_on)) == (1, 0)

    signup.refresh_from_db()
    assert (signup.name, signup.phone_hash) == ("", "")


def test_every_message_opens_the_sign_up(client, session):
    signup = joined(session, now=NOW - timedelta(days=1))

    for row in Notification.objects.all():
        assert row.subject_id == signup.pk
    assert client.get(signup_path(signup)).status_code == 200


def test_a_session_goes_into_the_calendar(client, session):
    answer = client.get(reverse("activities:calendar", args=[session.pk]))

    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:session-{session.pk}@" in answer.content.decode()
