"""From draft to publication, with evidence that stays as it was."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.rules import Role
from lishui_center.notifications.models import Notification
from services.closing.models import DayClose
from services.standing.errors import OwnRecordError
from tests.factories.accounts import town_wide
from tests.factories.services import NOW
from tests.factories.thinktank import (
    DAY,
    closed_day,
    drafted,
    former_member,
    member,
    profile,
    published,
    report,
    submitted,
)
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from thinktank.experts.actions import terminate
from thinktank.experts.errors import TermEndedError
from thinktank.observations.actions import (
    declare_interest,
    hand_over,
    publish_observation,
    return_observation,
    save_draft,
    submit_observation,
    withdraw_observation,
)
from thinktank.observations.errors import (
    FutureObservationError,
    StillInOfficeError,
    UnknownSubjectError,
    WrongStateError,
)
from thinktank.observations.models import Interest, Observation, ObservationState
from thinktank.subjects.evidence import both, fingerprint
from volunteers.hours.models import HourEntry

pytestmark = pytest.mark.django_db
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


@pytest.fixture
def expert(admin):
    return member(by=admin)


def end_term(expert, admin):
    terminate(engagement_id=expert.engagements.get().pk, reason="工作调动", by=admin, now=NOW)


def again(observation):
    return Observation.objects.get(pk=observation.pk)


def test_freezes_what_the_ledgers_say_when_it_is_submitted(expert):
    closed_day(YESTERDAY, 40)
    closed_day(DAY - timedelta(days=100), 999)

    found = again(submitted(expert))

    weeks = found.evidence["tables"][0]["rows"]
    assert [row[1:] for row in weeks] == [[1, 40, 1, 2, 3, 5, 20]]
    assert found.evidence["version"] == "centre-1"
    assert found.evidence["subject"]["zh"] == "里水镇党群服务中心"
    assert found.evidence_sha256 == fingerprint(found.evidence)
    assert found.is_whole


def test_the_evidence_stays_when_the_ledger_changes(expert, admin):
    day = closed_day(YESTERDAY, 40)
    found = submitted(expert)
    kept, sha256 = again(found).evidence, found.evidence_sha256

    day.figures["tickets"]["done"] = 77
    day.save()
    closed_day(DAY - timedelta(days=2), 50)
    publish_observation(observation_id=found.pk, by=admin, now=NOW)

    assert again(found).evidence == kept
    assert again(found).evidence_sha256 == sha256
    assert again(found).is_whole


def test_tampering_shows(expert):
    closed_day(YESTERDAY, 40)
    found = again(submitted(expert))

    found.evidence["tables"][0]["rows"][0][2] = 41

    assert not found.is_whole


def test_a_team_is_shown_by_its_people_and_approved_service(expert):
    team = TeamFactory(code="creek")
    volunteer = member_of(team)
    entry = recorded(volunteer, service(team, ago=30))
    recorded(volunteer, service(team, ago=40))
    HourEntry.objects.filter(pk=entry.pk).update(
        state="approved", decided_by=expert.user, decided_at=NOW
    )

    found = submitted(expert, subject="team:creek")

    people, served = found.evidence["tables"]
    assert [row[1] for row in people["rows"]] == [0, 0, 1]
    assert served["rows"] == [["2026-11", 1, 1, 120]]


def test_a_returned_report_draws_its_evidence_anew(expert, admin):
    closed_day(YESTERDAY, 40)
    found = submitted(expert)
    return_observation(observation_id=found.pk, reason="请补充", by=admin, now=NOW)
    assert again(found).evidence is None
    DayClose.objects.all().delete()

    submit_observation(observation_id=found.pk, by=expert.user, now=NOW)

    assert again(found).evidence["tables"][0]["rows"] == []
    assert Notification.objects.filter(kind="observation_decided").count() == 1


def test_an_expert_whose_term_ended_finishes_no_draft(expert, admin):
    draft = drafted(expert)
    end_term(expert, admin)

    with pytest.raises(TermEndedError):
        save_draft(report=report(), by=expert.user, now=NOW, observation_id=draft.pk)
    with pytest.raises(TermEndedError):
        submit_observation(observation_id=draft.pk, by=expert.user, now=NOW)

    assert again(draft).state == ObservationState.DRAFT


def test_the_town_hands_such_a_draft_to_another_member(expert, admin):
    draft, taker = drafted(expert), member(by=admin)
    with pytest.raises(StillInOfficeError):
        hand_over(observation_id=draft.pk, to_id=taker.pk, by=admin, now=NOW)
    end_term(expert, admin)
    with pytest.raises(TermEndedError):
        hand_over(observation_id=draft.pk, to_id=profile().pk, by=admin, now=NOW)

    hand_over(observation_id=draft.pk, to_id=taker.pk, by=admin, now=NOW)

    submit_observation(observation_id=draft.pk, by=taker.user, now=NOW)
    assert again(draft).expert == taker
    assert again(draft).begun_by == expert


def test_what_was_submitted_in_time_is_published_after_the_term(expert, admin):
    found = submitted(expert)
    end_term(expert, admin)

    publish_observation(observation_id=found.pk, by=admin, now=NOW)

    assert again(found).is_published


def test_only_a_member_in_office_begins_a_report(admin):
    for stranger in (former_member(by=admin), profile()):
        with pytest.raises(TermEndedError):
            drafted(stranger)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"subject": "centre:nowhere"}, UnknownSubjectError),
        ({"subject": "moon:1"}, UnknownSubjectError),
        ({"observed_on": DAY + timedelta(days=1)}, FutureObservationError),
    ],
)
def test_refuses_a_report_that_cannot_be(expert, fields, refusal):
    with pytest.raises(refusal):
        drafted(expert, **fields)


def test_a_submitted_report_is_changed_by_nobody(expert):
    found = submitted(expert)

    with pytest.raises(WrongStateError):
        save_draft(report=report(), by=expert.user, now=NOW, observation_id=found.pk)
    with pytest.raises(WrongStateError):
        submit_observation(observation_id=found.pk, by=expert.user, now=NOW)


def test_nobody_publishes_their_own(admin):
    both_hats = member(user=admin, by=town_wide(Role.TOWN_ADMIN))
    found = submitted(both_hats)

    with pytest.raises(OwnRecordError):
        publish_observation(observation_id=found.pk, by=admin, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=found.pk).update(published_by=admin)


def test_a_withdrawn_report_is_over(expert, admin):
    found = published(expert, by=admin)

    withdraw_observation(observation_id=found.pk, reason="口径有误", by=expert.user)

    with pytest.raises(WrongStateError):
        publish_observation(observation_id=found.pk, by=admin, now=NOW)
    assert again(found).note == "口径有误"


def test_an_interest_is_declared_once(expert):
    report()
    for reason in ("曾任顾问", "再说一次"):
        declare_interest(subject="centre:town", reason=reason, by=expert.user, now=NOW)

    assert Interest.objects.get().reason == "曾任顾问"


def test_words_are_frozen_in_both_languages():
    assert both("%(n)s days", n=3) == {"zh": "3 days", "en": "3 days"}
