"""What the steps of a need do besides moving it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.notifications.models import Notification
from services.dispatching.actions import release_words, take_step, take_steps
from services.dispatching.models import Dispatch, DispatchState
from services.dispatching.steps import Details
from services.requests.errors import (
    ActRefusedError,
    MergeEndedError,
    MergeLoopError,
    NeedMovedError,
    NoteMissingError,
    OutsideMissingError,
    ReopenLateError,
    TargetUnknownError,
)
from services.requests.models import ServiceRequest
from services.requests.rules import REOPEN_WITHIN, Act, State
from services.tracking.answers import answer_question
from tests.factories.accounts import town_wide
from tests.factories.needs import Desk, report
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_the_first_receiver_stays_responsible_until_somebody_accepts(desk):
    need = desk.need_in("dispatched")
    assert need.responsible == desk.town

    need = desk.do(need, Act.ACCEPT)

    assert need.responsible == desk.village
    assert Dispatch.objects.get().state == DispatchState.ACCEPTED


def test_accepting_twice_is_refused(desk):
    need = desk.need_in("dispatched")
    version = need.version
    desk.do(need, Act.ACCEPT)

    with pytest.raises(NeedMovedError):
        take_step(
            need_id=need.pk, act=Act.ACCEPT, actor=desk.village_clerk, version=version, now=NOW
        )
    with pytest.raises(ActRefusedError):
        desk.do(need, Act.ACCEPT)


def test_the_third_return_goes_to_the_town(desk):
    admin = town_wide(Role.TOWN_ADMIN)
    need = desk.need_in("triaged")
    for _turn in range(3):
        need = desk.do(need, Act.DISPATCH)
        need = desk.do(need, Act.RETURN, note="不属于本村")

    assert need.is_with_town
    assert need.returns == 3
    with pytest.raises(ActRefusedError):
        desk.do(need, Act.DISPATCH)
    assert desk.do(need, Act.DISPATCH, by=admin).state == State.DISPATCHED
    assert Notification.objects.filter(kind="need_returned", user=admin).count() == 1


@pytest.mark.parametrize("act", [Act.RETURN, Act.ASK, Act.RESOLVE])
def test_asks_for_words(desk, act):
    need = desk.need_in("accepted")

    with pytest.raises(NoteMissingError):
        desk.do(need, act, note=" ")


def test_refuses_an_unknown_target_and_an_authority_without_a_number(desk):
    need = desk.need_in("triaged")

    with pytest.raises(TargetUnknownError):
        desk.do(need, Act.DISPATCH, target=("team", "nobody"))
    with pytest.raises(OutsideMissingError):
        desk.do(need, Act.TRANSFER, by=desk.clerk, body="12345")
    assert desk.do(need, Act.TRANSFER, by=desk.clerk, body="12345", number="GD9").state == (
        State.TRANSFERRED_OUT
    )


def test_followers_of_a_joined_need_are_told_of_the_other_ones_steps(desk):
    first, second = (report(desk.town, phone=f"1380000000{n}") for n in (1, 2))
    desk.do(second.request, Act.MERGE, by=desk.clerk, into=first.request.reference)

    need = desk.walk(first.request, "accepted")

    assert need.state == State.ACCEPTED
    told = Notification.objects.filter(kind="need_accepted").values_list("subject_id", flat=True)
    assert set(told) == {first.pk, second.pk}


def test_no_chain_and_no_loop_of_joined_needs(desk):
    needs = [report(desk.town, phone="").request for _ in range(3)]
    a, b, c = needs
    b = desk.do(b, Act.MERGE, by=desk.clerk, into=a.reference)

    with pytest.raises(MergeLoopError):
        desk.do(a, Act.MERGE, by=desk.clerk, into=b.reference)
    with pytest.raises(MergeLoopError):
        desk.do(a, Act.MERGE, by=desk.clerk, into=a.reference)
    desk.do(a, Act.MERGE, by=desk.clerk, into=c.reference)

    roots = ServiceRequest.objects.filter(state=State.MERGED).values_list("merged_into", flat=True)
    assert set(roots) == {c.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.objects.filter(pk=c.pk).update(state=State.MERGED, merged_into=c)


def test_refuses_to_join_with_one_that_is_over(desk):
    over = desk.need_in("declined")
    need = report(desk.town, phone="").request

    with pytest.raises(MergeEndedError):
        desk.do(need, Act.MERGE, by=desk.clerk, into=over.reference)


def test_opens_again_for_thirty_days(desk):
    need = desk.need_in("resolved_claimed")
    late = NOW + REOPEN_WITHIN + timedelta(seconds=1)

    with pytest.raises(ReopenLateError):
        desk.do(need, Act.REOPEN, by=desk.village_clerk, now=late)
    need = desk.do(need, Act.REOPEN, by=desk.village_clerk)

    assert need.state == State.REOPENED
    assert need.handler is None
    assert need.clocks.filter(kind="resolution", ended_at=None).count() == 1


def test_the_person_answers_a_question(desk):
    need = desk.need_in("waiting_resident")
    follower = need.followers.get()

    need = answer_question(follower=follower, text="在桥边，电话13800000009", now=NOW)

    assert need.state == State.IN_PROGRESS
    assert "13800000009" not in need.events.last().note


def test_a_note_is_for_staff_and_tells_nobody(desk):
    need = desk.need_in("accepted")
    before = Notification.objects.count()

    desk.do(need, Act.NOTE, by=desk.village_clerk, note="联系过物业")

    assert Notification.objects.count() == before
    assert not need.events.last().is_public


def test_many_at_once_stand_or_fall_each_by_itself(desk):
    needs = [report(desk.town, phone="").request for _ in range(3)]
    desk.do(needs[0], Act.TRIAGE)

    result = take_steps(needs=needs, act=Act.TRIAGE, actor=desk.clerk, given=Details(), now=NOW)

    assert result.done == 2
    assert list(result.refused) == [needs[0].reference]


def test_words_that_were_held_back_are_read_after_a_look(desk):
    need = report(desk.town, text="请打13800000009找我").request
    assert need.is_held
    assert not need.words

    need = release_words(need_id=need.pk, actor=desk.clerk, words=need.text, now=NOW)

    assert need.words == "请打▇▇▇找我"
