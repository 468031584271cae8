"""Whether a need is solved, and the rates that follow."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.ratings.models import Score
from services.requests.errors import ActRefusedError, AnsweredAlreadyError, ReopenLateError
from services.requests.followers import Follower
from services.requests.models import Category, RequestEvent, ServiceRequest
from services.requests.rules import ANSWERED_WITHIN, CLOSED_AFTER, Act, State
from services.resolution.access import (
    NO_TEAM,
    RateFilter,
    needs_behind,
    rates_seen_by,
    sums_seen_by,
)
from services.resolution.actions import Opinion, close_silent, give_feedback, write_down_call
from services.resolution.models import Feedback, RateDay, RateMonth, Source
from services.resolution.rollup import roll_up
from services.resolution.rules import Rate, added, figures, whole_months
from services.standing.errors import OwnRecordError
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.needs import Desk
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.teams.models import MemberRole, Team

pytestmark = pytest.mark.django_db

YES = Opinion(solved=True, satisfaction=Score.SATISFIED)
NO = Opinion(solved=False, satisfaction=Score.DISSATISFIED, text="还是堵着")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def done(desk):
    return desk.need_in("resolved_claimed")


def answer(need, opinion, *, now=NOW, follower=None):
    entry = follower or need.followers.get(is_reporter=True)
    return give_feedback(follower_id=entry.pk, opinion=opinion, now=now)


def test_the_reporters_yes_confirms_and_a_second_one_is_refused(done):
    assert answer(done, YES).state == State.CONFIRMED

    with pytest.raises(AnsweredAlreadyError):
        answer(done, YES)


def test_a_no_opens_it_again_also_after_a_yes(done):
    answer(done, YES)
    close_silent(now=NOW + CLOSED_AFTER)

    need = answer(done, NO, now=NOW + timedelta(days=29))

    assert need.state == State.REOPENED
    assert Feedback.objects.get().solved is False


def test_a_no_comes_too_late_after_thirty_days(done):
    answer(done, YES)

    with pytest.raises(ReopenLateError):
        answer(done, NO, now=NOW + timedelta(days=31))
    assert Feedback.objects.get().solved


def test_a_followers_yes_counts_and_confirms_nothing(done):
    other = Follower.objects.create(request=done, secret="f" * 24, language="en", created_at=NOW)

    assert answer(done, YES, follower=other).state == State.RESOLVED_CLAIMED
    assert answer(done, NO).state == State.REOPENED


def test_nothing_to_answer_before_it_is_done(desk):
    with pytest.raises(ActRefusedError):
        answer(desk.need_in("in_progress"), YES)


def test_a_call_is_written_down_as_one_and_not_by_whoever_did_it(desk, done):
    colleague = staff_at(desk.village.pk)

    with pytest.raises(OwnRecordError):
        write_down_call(need_id=done.pk, opinion=YES, actor=desk.village_clerk, now=NOW)
    with pytest.raises(ActRefusedError):
        write_down_call(need_id=done.pk, opinion=YES, actor=desk.clerk, now=NOW)
    need = write_down_call(need_id=done.pk, opinion=YES, actor=colleague, now=NOW)

    assert need.state == State.CONFIRMED
    said = Feedback.objects.get()
    assert (said.source, said.entered_by) == (Source.CALL_BACK, colleague)


def test_silence_closes_as_unanswered(done):
    assert close_silent(now=NOW + ANSWERED_WITHIN - timedelta(hours=1)) == 0
    assert close_silent(now=NOW + ANSWERED_WITHIN) == 1
    assert close_silent(now=NOW + ANSWERED_WITHIN) == 0

    done.refresh_from_db()
    assert done.state == State.CLOSED
    assert done.events.last().act == Act.LAPSE


def test_the_rates_agree_with_what_is_counted_by_hand(desk):
    """Counted here from the events and promises alone, without the queries of the roll-up."""
    rng = random.Random(7)
    leader = member_of(TeamFactory(centre=desk.village), role=MemberRole.LEADER)
    team = leader.memberships.get().team.code
    expected = {(code, rate): (0, 0) for code in (team, "") for rate in Rate}
    end = NOW + timedelta(days=40)
    for number in range(32):
        begin = NOW + timedelta(hours=number)
        category = rng.choice([Category.PARKING, Category.WATER])
        need = desk.need_in("submitted", now=begin, category=category, phone="")
        by = leader if number % 2 else None
        life = lived(desk, need, rng, begin, by)
        for key, part, whole in tallied(life, end, team if by else ""):
            expected[key] = (expected[key][0] + part, expected[key][1] + whole)
    close_silent(now=end)

    rows = roll_up(first=today(NOW), last=today(end), now=end)
    again = roll_up(first=today(NOW), last=today(end), now=end)

    assert rows == again == RateDay.objects.count()
    admin, days = town_wide(Role.TOWN_ADMIN), (today(NOW), today(end))
    found = sums_seen_by(admin, RateFilter(*days), today(end))
    by_days = rates_seen_by(admin, RateFilter(*days), today(end)).summed()
    assert figures(added(found)) == figures(added(by_days))
    assert RateMonth.objects.filter(date=date(2026, 12, 1)).exists()
    for code, asked in ((team, team), ("", NO_TEAM)):
        of_team = figures(added(row for row in found if row["team"] == code))
        narrowed = sums_seen_by(admin, RateFilter(*days, team=asked), today(end))
        assert figures(added(narrowed)) == of_team
        assert {(code, f.rate): (f.part, f.whole) for f in of_team} == {
            key: sums for key, sums in expected.items() if key[0] == code
        }
        assert all(figure.part for figure in of_team)
        lead_to_their_needs(of_team, admin, RateFilter(*days, team=asked), end)
    lead_to_their_needs(figures(added(found)), admin, RateFilter(*days), end)
    assert rates_seen_by(staff_at(999), RateFilter(*days), today(end)).count() == 0


def lead_to_their_needs(shown, user, wanted, end):
    """As many needs are behind each part, and behind what it lacks, as the figure says."""
    for figure in shown:
        behind = [
            needs_behind(user, figure.rate, wanted, is_part=hit, today=today(end), now=end).count()
            for hit in (True, False)
        ]
        assert behind == [figure.part, figure.whole - figure.part], figure.rate


def lived(desk, need, rng, begin, leader):
    """Walk the need through a chance life; (need, accepted, resolved, opinion)."""
    fate, accepted, resolved, opinion = rng.randrange(5), None, None, None
    if fate:
        accepted = begin + timedelta(days=rng.choice([1, 2, 12]))
        passed_on(desk, need, accepted, leader)
    need.refresh_from_db()
    if fate > 1:
        resolved = accepted + timedelta(days=rng.choice([1, 3, 20]))
        desk.do(need, Act.RESOLVE, now=resolved, by=leader)
    if fate > 2:
        opinion = Opinion(solved=True, satisfaction=Score(rng.randint(1, 5)))
        answer(need, opinion, now=resolved)
    return need, accepted, resolved, opinion


def passed_on(desk, need, at, leader):
    """To the leader's team, which takes it on at once; without one, to the village."""
    if leader is None:
        desk.walk(need, "accepted", now=at)
        return
    desk.do(need, Act.TRIAGE, now=at)
    target = ("team", leader.memberships.get().team.code)
    desk.do(need, Act.DISPATCH, now=at, target=target)
    desk.do(need, Act.ACCEPT, now=at, by=leader)


def tallied(life, end, team):
    """((team, rate), part, whole) of one need: the team's is what was decided while it had it."""
    need, accepted, resolved, opinion = life
    due = dict(need.clocks.values_list("kind", "due_at"))
    asked = resolved is not None and (opinion or resolved + ANSWERED_WITHIN <= end)
    content = opinion is not None and opinion.satisfaction >= 3
    answered_in_time = bool(accepted and accepted <= due["first_response"])
    solved_in_time = bool(resolved and resolved <= due["resolution"])
    had_it = bool(accepted and accepted <= (resolved if solved_in_time else due["resolution"]))
    return [
        ((team if answered_in_time else "", Rate.RESPONSE), answered_in_time, True),
        ((team if had_it else "", Rate.RESOLUTION), solved_in_time, True),
        ((team if resolved else "", Rate.SATISFACTION), content, bool(asked)),
    ]


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 1, 2), date(2026, 3, 30), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2025, 12, 31), date(2026, 2, 28), (date(2026, 1, 1), date(2026, 2, 28))),
        (date(2026, 1, 2), date(2026, 1, 31), None),
        (date(2026, 1, 1), date(2026, 1, 30), None),
        (date(2026, 1, 31), date(2026, 2, 27), None),
    ],
)
def test_whole_months_of_a_period(first, last, whole):
    assert whole_months(first, last) == whole


def test_a_team_does_not_answer_for_what_it_sent_back(desk):
    leader = member_of(TeamFactory(centre=desk.village), role=MemberRole.LEADER)
    need = desk.need_in("submitted", phone="")
    passed_on(desk, need, NOW, leader)
    desk.do(need, Act.RETURN, by=leader, now=NOW + timedelta(days=1))

    end = NOW + timedelta(days=40)
    roll_up(first=today(NOW), last=today(end), now=end)

    rows = {row.team: row for row in RateDay.objects.filter(first_due=1)}
    assert list(rows) == [leader.memberships.get().team.code]
    assert [row.team for row in RateDay.objects.filter(resolution_due=1)] == [""]


def test_the_page_shows_teams_and_leads_to_their_needs(client, desk, stop_the_clock):
    leader = member_of(TeamFactory(centre=desk.village), role=MemberRole.LEADER)
    team = leader.memberships.get().team
    need = desk.need_in("submitted", phone="")
    passed_on(desk, need, NOW, leader)
    other = desk.need_in("accepted", phone="")
    roll_up(first=today(NOW), last=today(NOW), now=NOW)
    stop_the_clock(NOW)
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    page = client.get(reverse("staff:need-rates"), {"category": "parking"}).content.decode()
    behind_it = f"{reverse('staff:need-rate', args=['response'])}?category=parking&amp;team="
    assert f"{behind_it}{team.code}" in page
    assert f"{behind_it}{NO_TEAM}" in page
    address = reverse("staff:need-rate", args=["response"])
    mine = client.get(address, {"team": team.code}).content.decode()
    none = client.get(address, {"team": NO_TEAM}).content.decode()

    assert need.reference in mine
    assert other.reference not in mine
    assert other.reference in none
    assert need.reference not in none
    Team.objects.update(state="disbanded", state_on=today(NOW), state_reason="合并")
    assert need.reference in client.get(address, {"team": team.code}).content.decode()


def test_the_pages_of_staff(client, desk, done, stop_the_clock, django_assert_max_num_queries):
    stop_the_clock(NOW)
    roll_up(first=today(NOW), last=today(NOW), now=NOW)
    manager = town_wide(Role.TOWN_ADMIN)
    sign_in_staff(client, manager)
    for name in ("staff:needs-board", "staff:needs", "staff:need-rates", "staff:need-new"):
        with django_assert_max_num_queries(15):
            assert client.get(reverse(name)).status_code == 200, name
    page = client.get(reverse("staff:need-rate", args=["resolution"]))
    assert done.reference in page.content.decode()
    assert client.get(reverse("exports:csv", args=["needs"])).status_code == 200
    called = reverse("staff:need-call", args=[done.reference])
    said = {"call-solved": "yes", "call-satisfaction": "4"}
    assert client.post(called, said).status_code == 302
    assert ServiceRequest.objects.get().state == State.CONFIRMED
    assert RequestEvent.objects.last().actor == manager


def test_lists_ask_as_much_for_many_as_for_one(client, desk, stop_the_clock):
    stop_the_clock(NOW)
    desk.need_in("triaged", phone="")
    sign_in_staff(client, desk.clerk)
    for name in ("staff:needs-board", "staff:needs"):
        client.get(reverse(name))
    asked = {}
    for _turn in range(2):
        for name in ("staff:needs-board", "staff:needs"):
            with CaptureQueriesContext(connection) as made:
                client.get(reverse(name))
            assert asked.setdefault(name, len(made)) == len(made), name
        for state in ("submitted", "triaged", "accepted", "resolved_claimed"):
            desk.need_in(state, phone="")
