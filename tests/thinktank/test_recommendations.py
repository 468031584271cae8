"""Advice, its clock, the answer, the steps, and whether it worked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lishui_center.accounts.rules import Role
from lishui_center.notifications.models import Notification
from services.ratings.models import Score
from services.standing.errors import OwnRecordError
from tests.factories.accounts import staff_at, town_wide
from tests.factories.services import NOW, CentreFactory
from tests.factories.thinktank import DAY, answered, member, published, recommended, submitted
from thinktank.experts.errors import ReasonMissingError, TermEndedError
from thinktank.followup.actions import Step, add_action, settle_action
from thinktank.followup.models import Action, ActionState
from thinktank.observations.actions import declare_interest
from thinktank.recommendations import rules
from thinktank.recommendations.actions import (
    Answer,
    Finding,
    rate_response,
    respond,
    verify_effect,
)
from thinktank.recommendations.clocks import tick
from thinktank.recommendations.errors import (
    ActionSettledError,
    AnsweredAlreadyError,
    AnswerEmptyError,
    NoChangeError,
    NotAnsweredError,
    NotPublishedError,
    NotTakenUpError,
    NotTheAuthorError,
    OwnerVerifiesError,
    OwnInterestError,
    PlannedDayError,
    RatedAlreadyError,
    VerifiedAlreadyError,
)
from thinktank.recommendations.models import AnswerClass, Recommendation
from thinktank.subjects import links

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
FINDING = Finding("晚间等候（分钟）", Decimal(31), Decimal(19), True, "台账")  # noqa: FBT003


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


@pytest.fixture
def manager():
    return staff_at(CentreFactory().pk, role=Role.CENTRE_MANAGER)


@pytest.fixture
def expert(admin):
    return member(by=admin)


@pytest.fixture
def advice(expert, admin, manager):
    """Of the town centre, not answered."""
    return recommended(published(expert, by=admin), centre_id=CentreFactory().pk)


def verify(advice, by, finding=FINDING):
    return verify_effect(recommendation_id=advice.pk, finding=finding, by=by, now=NOW)


def answer(advice, by, *given):
    return respond(recommendation_id=advice.pk, answer=Answer(*given), by=by, now=NOW)


@pytest.mark.parametrize(
    ("days", "warned"), [(90, date(2026, 3, 14)), (10, date(2026, 1, 9)), (1, date(2026, 1, 2))]
)
def test_warns_when_four_fifths_are_over(days, warned):
    first = date(2026, 1, 1)

    assert rules.warn_on(first, rules.due_after(first, days)) == warned


def test_is_due_in_90_days_and_its_owner_is_told(advice, manager):
    assert advice.due_on == DAY + 90 * DAYS
    told = Notification.objects.get(kind="recommendation_received")
    assert told.user == manager


def test_reminds_at_80_percent_and_when_overdue_once_each(advice, manager):
    def reminded():
        return Notification.objects.filter(kind="recommendation_due", user=manager).count()

    steps = [(71, 0), (72, 1), (73, 1), (90, 1), (91, 2), (120, 2)]

    for days, expected in steps:
        tick(now=NOW + days * DAYS)
        assert reminded() == expected, days


def test_an_answer_stops_the_clock(advice, manager):
    answered(advice, manager)

    assert tick(now=NOW + 200 * DAYS) == 0


def test_follows_only_from_ones_own_published_report(expert, admin):
    with pytest.raises(NotPublishedError):
        recommended(submitted(expert))
    other = member(by=admin)
    found = published(expert, by=admin)
    found.author = other.user
    with pytest.raises(NotTheAuthorError):
        recommended(found)


def test_is_answered_once_with_a_reason(advice, manager):
    with pytest.raises(AnswerEmptyError):
        answer(advice, manager, AnswerClass.NOTED, "  ")
    with pytest.raises(PlannedDayError):
        answer(advice, manager, AnswerClass.PLANNED, "计划中")
    with pytest.raises(PlannedDayError):
        answer(advice, manager, AnswerClass.ADOPTED, "采纳", DAY)
    with pytest.raises(PlannedDayError):
        answer(advice, manager, AnswerClass.PLANNED, "计划中", DAY - DAYS)

    answer(advice, manager, AnswerClass.PLANNED, "计划中", DAY + DAYS)

    with pytest.raises(AnsweredAlreadyError):
        answer(advice, manager, AnswerClass.ADOPTED, "采纳")
    told = Notification.objects.get(kind="recommendation_answered")
    assert told.user == advice.author


def test_nobody_answers_what_they_recommended(admin):
    both_hats = member(user=admin, by=town_wide(Role.TOWN_ADMIN))
    own = recommended(published(both_hats))

    with pytest.raises(OwnRecordError):
        answer(own, admin, AnswerClass.ADOPTED, "采纳")


def test_the_author_rates_the_answer_once(advice, expert, manager, admin):
    def rate(by=expert.user):
        rate_response(recommendation_id=advice.pk, score=Score.SATISFIED, note="", by=by, now=NOW)

    with pytest.raises(NotAnsweredError):
        rate()
    answered(advice, manager)
    with pytest.raises(NotTheAuthorError):
        rate(member(by=admin).user)
    with pytest.raises(TermEndedError):
        rate(manager)

    rate()

    with pytest.raises(RatedAlreadyError):
        rate()


def test_somebody_independent_finds_the_effect_once(advice, manager, admin):
    with pytest.raises(NotAnsweredError):
        verify(advice, admin)
    answered(advice, manager)
    same = Finding("等候", Decimal(3), Decimal(3), True, "台账")  # noqa: FBT003
    with pytest.raises(NoChangeError):
        verify(advice, admin, same)

    assert verify(advice, member(by=admin).user).has_effect

    with pytest.raises(VerifiedAlreadyError):
        verify(advice, admin)


def test_neither_author_nor_owner_nor_the_interested_verify(advice, expert, manager, admin):
    colleague, interested = member(by=admin), member(by=admin)
    second_manager = staff_at(CentreFactory().pk, role=Role.CENTRE_MANAGER)
    declare_interest(subject="centre:town", reason="顾问", by=interested.user, now=NOW)
    answered(advice, manager)

    refused = {
        expert.user: OwnRecordError,
        manager: OwnerVerifiesError,
        second_manager: OwnerVerifiesError,
        interested.user: OwnInterestError,
    }
    for person, refusal in refused.items():
        with pytest.raises(refusal):
            verify(advice, person)

    verify(advice, colleague.user)


def test_the_town_does_not_verify_what_it_was_to_do(expert, admin):
    other_admin = town_wide(Role.TOWN_ADMIN)
    own = answered(recommended(published(expert, by=admin)), admin)

    for person in (admin, other_admin):
        with pytest.raises(OwnerVerifiesError):
            verify(own, person)

    verify(own, member(by=admin).user)


def test_nothing_follows_from_what_was_only_noted(advice, manager, admin):
    answered(advice, manager, AnswerClass.NOTED)

    with pytest.raises(NotTakenUpError):
        verify(advice, admin)
    with pytest.raises(NotTakenUpError):
        add_action(recommendation_id=advice.pk, step=Step("training", "培训", DAY), by=manager)


def test_a_step_is_settled_once_and_dropped_with_a_reason(advice, manager):
    answered(advice, manager)
    step = Step("rule_change", "排班规则", DAY + DAYS)
    action = add_action(recommendation_id=advice.pk, step=step, by=manager)

    def settle(state, note=""):
        settle_action(action_id=action.pk, state=state, note=note, by=manager, now=NOW)

    with pytest.raises(ReasonMissingError):
        settle(ActionState.DROPPED)
    settle(ActionState.DROPPED, "经费不足")
    with pytest.raises(ActionSettledError):
        settle(ActionState.DONE)


def test_a_step_can_open_the_need_it_names(advice, manager, monkeypatch):
    opened = []
    kind = links.LinkKind(
        find=lambda code: links.Linked(f"诉求 {code}", "/needs/1/"),
        is_there=lambda _code: True,
        open=lambda opening: opened.append(opening) or "S1",
    )
    monkeypatch.setitem(links.LINKS, "new_request", kind)
    answered(advice, manager)
    step = Step("new_request", "坡道", DAY + DAYS, opens=True)

    add_action(recommendation_id=advice.pk, step=step, by=manager)

    action = Action.objects.get()
    assert action.reference == "S1"
    assert action.linked.title == "诉求 S1"
    assert opened[0].centre_id == Recommendation.objects.get().centre_id
