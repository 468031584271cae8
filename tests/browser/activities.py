"""The pages of activities, each with somebody who may see it."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff
from tests.factories.activities import guest, joined, leader_of, make_activity, make_session
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory
from volunteers.activities.models import ActivityKind, Session
from volunteers.presence.access import current_code
from volunteers.signups.actions import sign_up
from volunteers.signups.messages import signup_path
from volunteers.training.actions import Part, record_training


def activity_places(town: Town) -> Iterator[Place]:
    """Everybody's pages, those of somebody who signed up, the leader's, and the tablet's."""
    team = TeamFactory(centre=town.centre)
    service = make_activity(team=team)
    running = make_session(service, start=NOW - timedelta(hours=1))
    event = make_session(make_activity(ActivityKind.EVENT, team=team), capacity=1)
    course = make_session(make_activity(ActivityKind.TRAINING, team=team), start=NOW)
    signup = joined(running)
    record_training(user=signup.user, part=Part(course, 60), now=NOW)
    yield from _public_places(event)
    yield from _own_places(running, signup.user, event)
    yield from _leader_places(running)
    yield from _staff_places(town)


def _public_places(event: Session) -> Iterator[Place]:
    nobody = Client()
    first, second = (sign_up(session_id=event.pk, person=guest(n), now=NOW) for n in (1, 2))
    yield Place("activities:signup", nobody, signup_path(first))
    yield Place("activities:signup, waiting", nobody, signup_path(second))
    cancel = reverse("activities:cancel", args=[first.reference])
    yield Place("activities:cancel", nobody, f"{cancel}?t={first.token}")
    yield Place("activities:list", nobody, reverse("activities:list"))
    address = reverse("activities:activity", args=[event.activity.code])
    yield Place("activities:activity", nobody, address)
    yield Place("activities:join, guest", nobody, reverse("activities:join", args=[event.pk]))


def _own_places(running: Session, user: User, event: Session) -> Iterator[Place]:
    person = Client()
    person.force_login(user)
    yield Place("activities:mine", person, reverse("activities:mine"))
    yield Place("activities:join", person, reverse("activities:join", args=[event.pk]))
    attend = reverse("volunteers:attend", args=[running.pk])
    yield Place("volunteers:attend", person, attend)
    scanned = f"{attend}?c={current_code(running, NOW)}"
    yield Place("volunteers:attend, scanned", person, scanned)


def _leader_places(running: Session) -> Iterator[Place]:
    leader, tablet, user = Client(), Client(), leader_of(running)
    for client in (leader, tablet):
        client.force_login(user)
    activity = running.activity
    for name in ("team-activities", "team-activity-new"):
        address = reverse(f"volunteers:{name}", args=[activity.team.code])
        yield Place(f"volunteers:{name}", leader, address)
    for name in ("activity", "activity-edit", "activity-cancel", "session-new"):
        address = reverse(f"volunteers:{name}", args=[activity.code])
        yield Place(f"volunteers:{name}", leader, address)
    for name in ("list", "walk-in", "edit", "copy", "cancel", "code", "kiosk"):
        address = reverse(f"volunteers:session-{name}", args=[running.pk])
        yield Place(f"volunteers:session-{name}", leader, address)
    kiosk = reverse("volunteers:session-kiosk", args=[running.pk])
    tablet.post(kiosk)
    yield Place("volunteers:session-kiosk, locked", tablet, kiosk)


def _staff_places(town: Town) -> Iterator[Place]:
    staff = Client()
    sign_in_staff(staff, town.admin)
    yield Place("activity_desk:list", staff, reverse("activity_desk:list"))
    yield Place("activity_desk:new", staff, reverse("activity_desk:new"))
