"""Checking in and out by the rotating code, and what comes of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import moment, today
from services.standing.errors import OwnRecordError
from tests.factories.accounts import UserFactory
from tests.factories.activities import (
    joined,
    leader_of,
    make_activity,
    make_session,
    running,
)
from tests.factories.services import NOW
from tests.factories.volunteers import member_of, recorded, service
from volunteers.activities.models import ActivityKind
from volunteers.hours.models import Evidence, HourEntry, HourState, Source
from volunteers.presence import rules
from volunteers.presence.access import current_code, fits, lines_of
from volunteers.presence.actions import check_in, check_out, settle_list
from volunteers.presence.errors import (
    CodeWrongError,
    ListClosedError,
    NotCheckedInError,
    NotOnListError,
    NotTimeError,
)
from volunteers.signups.access import list_of
from volunteers.signups.models import SignupState
from volunteers.tasks import keep_attendance
from volunteers.training.models import TrainingEntry

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
KEY = b"key"


@given(late=st.integers(0, 200), number=st.integers(1, 10**9))
def test_a_code_dies_within_a_minute(late, number):
    code = rules.code_at(KEY, number, rules.step_of(NOW))
    shown_late = rules.is_code(KEY, number, code, NOW + timedelta(seconds=late))

    assert len(code) == 6
    assert shown_late or late >= 30
    # A later code may be the same digits by chance, one time in half a million.
    assert (
        not shown_late
        or late < 60
        or code
        in {
            rules.code_at(KEY, number, rules.step_of(NOW + timedelta(seconds=late)) - back)
            for back in (0, 1)
        }
    )


def test_a_code_is_the_sessions_own_and_not_taken_before_its_time():
    step = rules.step_of(NOW)

    assert rules.code_at(KEY, 1, step) != rules.code_at(KEY, 2, step)
    assert not rules.is_code(KEY, 1, rules.code_at(KEY, 1, step + 1), NOW)
    assert not rules.is_code(KEY, 1, "", NOW)
    assert not rules.is_code(KEY, 1, "１２３４５６", NOW)
    assert rules.seconds_left(NOW + timedelta(seconds=29)) == 1


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        (0, 120, 120),
        (10, 110, 120),
        (11, 109, 98),
        (-30, 180, 120),
        (115, 116, 5),
        (120, 121, None),
        (-20, -5, None),
        (30, 30, None),
    ],
)
def test_counts_the_time_at_the_session_and_no_other(came, left, minutes):
    counted = rules.counted(
        NOW + came * MINUTE,
        NOW + left * MINUTE,
        start=NOW,
        end=NOW + 120 * MINUTE,
        tolerance=10 * MINUTE,
    )

    assert (counted and (counted[1] - counted[0]) // MINUTE) == minutes


def test_a_moment_at_a_short_session_is_not_the_whole_of_it():
    end = NOW + 12 * MINUTE

    counted = rules.counted(
        NOW + 5 * MINUTE, NOW + 6 * MINUTE, start=NOW, end=end, tolerance=10 * MINUTE
    )

    assert counted == (NOW + 5 * MINUTE, NOW + 6 * MINUTE)


@pytest.fixture
def session():
    """From an hour before NOW to an hour after."""
    return running()


def scan_in(session, user, at):
    return check_in(session=session, user=user, code=current_code(session, at), now=at)


def scan_out(session, user, at):
    return check_out(session=session, user=user, code=current_code(session, at), now=at)


def test_scanned_at_both_ends_is_a_record_of_the_strongest_evidence(session):
    signup = joined(session)

    scan_in(session, signup.user, session.starts_at)
    scan_in(session, signup.user, NOW)
    scan_out(session, signup.user, session.ends_at)
    scan_out(session, signup.user, session.ends_at + MINUTE)

    entry = HourEntry.objects.get()
    assert (entry.session, entry.team) == (session, session.activity.team)
    assert (entry.minutes, entry.evidence, entry.source) == (120, Evidence.SCAN, Source.SESSION)
    assert entry.state == HourState.SUBMITTED  # The leader vouches that it was service.
    signup.refresh_from_db()
    assert (signup.state, signup.checked_in_at) == (SignupState.ATTENDED, session.starts_at)


def test_a_forwarded_code_is_refused_a_minute_later(session):
    signup = joined(session)
    sent = current_code(session, NOW)

    with pytest.raises(CodeWrongError):
        check_in(session=session, user=signup.user, code=sent, now=NOW + timedelta(seconds=60))
    assert fits(session, f"{sent[:3]} {sent[3:]}", NOW + timedelta(seconds=59))


def test_strangers_the_waiting_and_those_not_there_yet_cannot_check_in(session):
    _first, _second, waiting = (joined(session) for _ in range(3))
    for user in (UserFactory(), waiting.user):
        with pytest.raises(NotOnListError):
            scan_in(session, user, NOW)
    with pytest.raises(NotCheckedInError):
        scan_out(session, _first.user, NOW)


@pytest.mark.parametrize("minutes", [-31, 120])
def test_nobody_checks_in_too_early_or_once_it_is_over(session, minutes):
    signup = joined(session)

    with pytest.raises(NotTimeError):
        scan_in(session, signup.user, session.starts_at + minutes * MINUTE)


def test_nobody_checks_out_an_hour_after_the_end(session):
    signup = joined(session)
    scan_in(session, signup.user, NOW)

    with pytest.raises(NotTimeError):
        scan_out(session, signup.user, session.ends_at + 60 * MINUTE)


def test_an_evening_past_midnight_is_one_record_of_both_days():
    start = moment(today(NOW), 92)  # 23:00
    session = make_session(start=start)
    signup = joined(session)

    scan_in(session, signup.user, start)
    scan_out(session, signup.user, start + timedelta(hours=2))

    entry = HourEntry.objects.get()
    assert entry.minutes == 120
    assert (entry.last_date - entry.date).days == 1


def test_what_another_record_takes_is_left_out_and_shown(session):
    signup = joined(session, member_of(session.activity.team))
    recorded(signup.user, service(session.activity.team, ago=1, hours=0.5))
    late = session.ends_at

    scan_in(session, signup.user, session.starts_at)
    scan_out(session, signup.user, late)

    entry = HourEntry.objects.get(session=session)
    assert entry.minutes == 90
    (line,) = lines_of(session, list(list_of(session)))
    assert (line.minutes, line.expected, line.is_short) == (90, 120, True)


def test_a_day_holds_twelve_hours_and_the_attendance_stays(session):
    signup = joined(session, member_of(session.activity.team))
    recorded(signup.user, service(session.activity.team, ago=9.5, hours=8.4))
    recorded(
        signup.user, service(session.activity.team, ago=-1, hours=3), now=NOW + timedelta(hours=5)
    )

    scan_in(session, signup.user, session.starts_at)
    scan_out(session, signup.user, session.ends_at)

    assert HourEntry.objects.get(session=session).minutes == 36
    signup.refresh_from_db()
    assert signup.state == SignupState.ATTENDED


def test_the_leaders_tick_is_the_second_evidence_and_never_their_own(session):
    leader = leader_of(session)
    own, other = joined(session, leader), joined(session)
    both = [own.pk, other.pk]

    with pytest.raises(OwnRecordError):
        settle_list(session=session, came=[own.pk], missed=(), by=leader, now=NOW)
    now = session.ends_at
    assert settle_list(session=session, came=both, missed=(), by=leader, now=now) == 1
    assert settle_list(session=session, came=both[1:], missed=(), by=leader, now=now) == 0

    entry = HourEntry.objects.get()
    assert (entry.volunteer, entry.evidence) == (other.user, Evidence.SCAN_AND_LEADER)
    assert (entry.source, entry.minutes) == (Source.SESSION, 120)


def test_ticked_during_the_session_the_time_is_kept_after_its_end(session, stop_the_clock):
    signup = joined(session)
    settle_list(session=session, came=[signup.pk], missed=(), by=leader_of(session), now=NOW)
    assert not HourEntry.objects.exists()
    (line,) = lines_of(session, list(list_of(session)))
    assert not line.is_short  # Nothing is missing yet.

    stop_the_clock(session.ends_at)

    assert (keep_attendance(), keep_attendance()) == (1, 0)
    assert HourEntry.objects.get().evidence == Evidence.SCAN_AND_LEADER


def test_whoever_did_not_come_is_noted_and_a_mistake_is_mended(session):
    signup, leader = joined(session), leader_of(session)
    settle_list(session=session, came=(), missed=[signup.pk], by=leader, now=NOW)
    signup.refresh_from_db()
    assert signup.state == SignupState.MISSED

    settle_list(session=session, came=[signup.pk], missed=(), by=leader, now=session.ends_at)
    assert settle_list(session=session, came=(), missed=[signup.pk], by=leader, now=NOW) == 0

    signup.refresh_from_db()
    assert signup.state == SignupState.ATTENDED


@pytest.mark.parametrize("days", [-1, 14])
def test_a_list_is_settled_from_the_start_until_two_weeks_later(session, days):
    leader = leader_of(session)
    at = session.ends_at + timedelta(days=days)

    with pytest.raises(ListClosedError):
        settle_list(session=session, came=[1], missed=(), by=leader, now=at)


def test_training_is_kept_in_its_own_ledger_and_an_event_in_none():
    for kind, learned in ((ActivityKind.TRAINING, 1), (ActivityKind.EVENT, 0)):
        session = make_session(make_activity(kind), start=NOW)
        signup = joined(session)
        scan_in(session, signup.user, NOW)
        scan_out(session, signup.user, NOW + timedelta(hours=1))

        assert TrainingEntry.objects.filter(session=session).count() == learned
    assert not HourEntry.objects.exists()
    assert TrainingEntry.objects.get().minutes == 60


def test_the_leader_approves_one_session_on_one_screen(client, session, stop_the_clock):
    leader, signup = leader_of(session), joined(session)
    recorded(member_of(session.activity.team), service(session.activity.team))
    scan_in(session, signup.user, session.starts_at)
    scan_out(session, signup.user, session.ends_at)
    stop_the_clock(session.ends_at)
    client.force_login(leader)
    address = reverse("volunteers:team-hours", args=[session.activity.team.code])

    page = client.get(address, {"session": session.pk})
    (row,) = page.context["rows"]
    client.post(f"{address}?session={session.pk}", {"entry": [str(row.entry.pk)]})

    assert HourEntry.objects.get(session=session).state == HourState.APPROVED
    assert len(client.get(address).context["rows"]) == 1
    assert client.get(address, {"session": "x" * 30}).context["rows"] == []
