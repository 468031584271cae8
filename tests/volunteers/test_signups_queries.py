"""Two people or ten: the database is asked as often."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import UserFactory
from tests.factories.activities import guest, joined, make_activity, make_session
from tests.factories.services import NOW
from tests.factories.volunteers import member_of
from volunteers.activities.models import ActivityKind, Session
from volunteers.presence.access import members_to_add
from volunteers.signups.access import offered
from volunteers.signups.actions import sign_up
from volunteers.signups.models import Signup, SignupState
from volunteers.signups.offers import offer_places
from volunteers.signups.privacy import export_signups

pytestmark = pytest.mark.django_db
AUDIT = 'INSERT INTO "audit_event"'


def queries_of(work):
    """All that is asked, but for the line that the audit keeps of each change."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return [query["sql"] for query in asked if not query["sql"].startswith(AUDIT)]


def crowded(people):
    """A session with one place that as many wait for, by account and as guests."""
    session = make_session(make_activity(ActivityKind.EVENT), capacity=1)
    joined(session, now=NOW)
    for number in range(people):
        if number % 2:
            sign_up(session_id=session.pk, person=guest(100 * session.pk + number), now=NOW)
        else:
            joined(session, now=NOW)
    return session


def test_offers_to_many_as_to_two():
    counts = []
    for people in (2, 10):
        session = crowded(people)
        Session.objects.filter(pk=session.pk).update(capacity=people + 1)
        session.refresh_from_db()
        counts.append(
            len(queries_of(lambda session=session: offer_places(session=session, now=NOW)))
        )
        states = Signup.objects.filter(session=session, state=SignupState.OFFERED)
        assert sorted(states.values_list("place", flat=True)) == list(range(2, people + 2))

    assert counts[0] == counts[1]


def test_shows_many_sessions_as_two():
    user = UserFactory()
    sessions = [crowded(2) for _ in range(10)]
    for session in sessions:
        joined(session, user, now=NOW)

    counts = [len(queries_of(lambda n=n: offered(sessions[:n], user))) for n in (2, 10)]

    assert counts[0] == counts[1] == 2


def test_a_copy_of_many_sign_ups_asks_as_one_of_two():
    few, many = UserFactory(), UserFactory()
    for number in range(10):
        session = make_session(make_activity(ActivityKind.EVENT), capacity=3)
        joined(session, many, now=NOW)
        if number < 2:
            joined(session, few, now=NOW)

    counts = [len(queries_of(lambda user=user: export_signups(user))) for user in (few, many)]

    assert (len(export_signups(few)), len(export_signups(many))) == (2, 10)
    assert counts[0] == counts[1]


def test_offers_many_members_at_the_door_as_two():
    counts = []
    for people in (2, 10):
        session = make_session()
        leader = member_of(session.activity.team, role="leader")
        for _ in range(people):
            member_of(session.activity.team)
        asked = queries_of(lambda pair=(session, leader): members_to_add(*pair))
        counts.append(len(asked))
        assert len(members_to_add(session, leader)) == people

    assert counts[0] == counts[1]
