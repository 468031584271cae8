"""When messages may go out. Source: domain.md, "Messages"."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.clock import ZONE
from lishui_center.notifications import rules

moments = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
kinds = st.sampled_from(sorted(rules.KINDS))
NIGHT = rules.QuietHours(time(21, 30), time(8))
CLOSURES = {"centre_closed", "activity_cancelled", "use_withdrawn"}
reminders = st.sampled_from(["booking_day_before", "booking_same_day"])


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("due", "goes_out"),
    [
        ("2026-11-25T21:29", "2026-11-25T21:29"),
        ("2026-11-25T21:30", "2026-11-25T20:00"),
        ("2026-11-26T00:00", "2026-11-25T20:00"),
        ("2026-11-26T07:59", "2026-11-25T20:00"),
        ("2026-11-26T08:00", "2026-11-26T08:00"),
    ],
)
def test_moves_a_reminder_to_the_evening_before(due, goes_out):
    assert rules.quiet_safe(local(due), "booking_day_before", NIGHT) == local(goes_out)


@pytest.mark.parametrize(
    ("due", "goes_out"),
    [("2026-11-25T21:30", "2026-11-26T08:00"), ("2026-11-26T07:59", "2026-11-26T08:00")],
)
def test_keeps_other_messages_until_the_morning(due, goes_out):
    assert rules.quiet_safe(local(due), "booking_confirmed", NIGHT) == local(goes_out)


def test_keeps_quiet_after_midnight_where_the_settings_say_so():
    late = rules.QuietHours(time(1), time(7))
    due = local("2026-11-26T03:00")

    assert [late.hold(local(f"2026-11-26T{wall}")) for wall in ("00:59", "01:00", "07:00")] == [
        False,
        True,
        False,
    ]
    assert rules.quiet_safe(due, "booking_day_before", late) == local("2026-11-25T23:30")
    assert rules.quiet_safe(due, "booking_confirmed", late) == local("2026-11-26T07:00")


@given(moments, kinds)
def test_sends_at_any_hour_between_two_equal_times(due_at, kind):
    never = rules.QuietHours(time(8), time(8))

    assert rules.quiet_safe(due_at, kind, never) == due_at


@given(moments, kinds)
def test_plans_only_codes_and_closures_into_the_quiet_hours(due_at, kind):
    planned = rules.quiet_safe(due_at, kind, NIGHT)
    # An activity or a room that the house takes back is closed, too.
    assert kind in {"sign_in_code", *CLOSURES} or not NIGHT.hold(planned)


@given(moments, reminders)
def test_never_delays_a_reminder_and_moves_it_by_half_a_day_at_most(due_at, kind):
    assert timedelta() <= due_at - rules.quiet_safe(due_at, kind, NIGHT) <= timedelta(hours=12)


@given(moments, kinds)
def test_planning_twice_changes_nothing(due_at, kind):
    planned = rules.quiet_safe(due_at, kind, NIGHT)

    assert rules.quiet_safe(planned, kind, NIGHT) == planned


@given(moments, kinds, st.booleans())
def test_holds_back_at_send_time_until_the_quiet_hours_end(now, kind, about_today):
    day = now.astimezone(ZONE).date() if about_today else None
    moment = rules.earliest(now, kind, day=day, hours=NIGHT)
    exempt = kind == "sign_in_code" or (about_today and kind in CLOSURES)

    assert moment >= now
    assert exempt or not NIGHT.hold(moment)
    assert moment == now or moment - now <= timedelta(hours=10, minutes=30)


def test_sends_a_closure_at_night_only_about_today():
    now, tomorrow = local("2026-11-25T06:00"), local("2026-11-26T00:00").date()

    assert rules.earliest(now, "centre_closed", day=now.date(), hours=NIGHT) == now
    for day in (None, tomorrow):
        morning = local("2026-11-25T08:00")
        assert rules.earliest(now, "centre_closed", day=day, hours=NIGHT) == morning


@given(moments, kinds, st.integers(1, 9))
def test_tries_again_later_while_the_message_is_of_use(due_at, kind, attempts):
    again = rules.next_try(kind, attempts=attempts, due_at=due_at, now=due_at)

    assert again is None or due_at < again <= due_at + rules.KINDS[kind].useful_for


def test_waits_longer_after_each_failure():
    delays = [
        rules.next_try(
            "booking_confirmed",
            attempts=n,
            due_at=local("2026-11-25T09:00"),
            now=local("2026-11-25T09:00"),
        )
        for n in range(1, 6)
    ]

    assert delays == sorted(set(delays))


def test_gives_up_after_five_retries():
    now = local("2026-11-25T09:00")

    assert rules.next_try("booking_confirmed", attempts=6, due_at=now, now=now) is None


def test_gives_up_a_code_that_would_have_expired():
    due_at = local("2026-11-25T09:00")
    now = due_at + timedelta(minutes=4, seconds=50)

    assert rules.next_try("sign_in_code", attempts=2, due_at=due_at, now=now) is None


@given(st.lists(st.text(min_size=1, max_size=90), max_size=4))
def test_takes_the_fullest_wording_that_fits_with_the_signature(variants):
    text = rules.first_fitting(variants, "zh-hans")

    fitting = [wording for wording in variants if len("【里水党群】" + wording) <= 70]
    assert text == (fitting[0] if fitting else None)
