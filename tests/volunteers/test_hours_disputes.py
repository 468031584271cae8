"""What volunteers dispute, and corrections of approved records."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.notifications.models import Notification
from tests.factories.hours import around, centre_team, decided, disputed, entered
from tests.factories.services import NOW
from tests.factories.volunteers import recorded, service
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.adjustments.errors import (
    BeyondRecordError,
    CorrectionOpenError,
    NotApprovedError,
    NothingChangesError,
    ProposedByYouError,
    VoidAlreadyError,
)
from volunteers.disputes.actions import dispute_hours, settle_dispute
from volunteers.disputes.errors import (
    DisputedAlreadyError,
    DisputeTooLateError,
    InvolvedError,
    NothingToDisputeError,
)
from volunteers.disputes.models import Dispute
from volunteers.hours.access import totals_of
from volunteers.hours.deciding import Decision, approve_all
from volunteers.hours.errors import DisputedError, HoursOverlapError, TheirOverlapError
from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import HourAdjustment, HourMinute, HourState

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return centre_team()


@pytest.fixture
def people(team):
    return around(team)


def settle(dispute, by, *, is_upheld=True):
    return settle_dispute(
        dispute_id=dispute.pk, is_upheld=is_upheld, answer="已核实", by=by, now=NOW
    )


def propose(entry, by, after=60):
    return propose_correction(entry_id=entry.pk, after=after, reason="算错", by=by, now=NOW)


def confirm(correction, by, *, is_right=True):
    return confirm_correction(
        adjustment_id=correction.pk, is_right=is_right, by=by, now=NOW, reason="核对过"
    )


def test_a_disputed_record_waits_for_the_centres_answer(team, people):
    entry = entered(team, people.leader, people.volunteer)
    dispute = disputed(entry)

    with pytest.raises(DisputedError):
        decided(entry, people.deputy)
    assert approve_all(team=team, entry_ids=[entry.pk], by=people.deputy, now=NOW) == (0, 1)
    assert Notification.objects.get(kind="hours_disputed").user == people.manager
    settle(dispute, people.staff)

    entry.refresh_from_db()
    assert (entry.state, entry.decided_by, entry.is_disputed) == (
        HourState.REJECTED,
        people.staff,
        False,
    )
    assert not HourMinute.objects.exists()
    assert Notification.objects.get(kind="hours_settled").user == people.volunteer


def test_a_rejection_that_was_wrong_becomes_an_approval_by_a_third_person(team, people):
    entry = decided(recorded(people.volunteer, service(team)), people.staff, Decision.REJECT)
    dispute = disputed(entry)

    with pytest.raises(InvolvedError):
        settle(dispute, people.staff)
    settle(dispute, people.manager)

    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == (HourState.APPROVED, people.manager)
    assert HourMinute.objects.filter(entry=entry).count() == entry.minutes
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.update(settled_by=people.staff)


def test_a_rejection_whose_time_was_taken_since_stays(team, people):
    entry = decided(recorded(people.volunteer, service(team)), people.staff, Decision.REJECT)
    recorded(people.volunteer, service(team))

    with pytest.raises(TheirOverlapError):
        settle(disputed(entry), people.manager)


def test_a_refused_dispute_leaves_the_record_to_be_decided(team, people):
    entry = entered(team, people.leader, people.volunteer)
    settle(disputed(entry), people.staff, is_upheld=False)

    assert decided(entry, people.deputy).state == HourState.APPROVED
    with pytest.raises(DisputedAlreadyError):
        disputed(entry)


def test_an_approved_entry_that_was_wrong_takes_one_more_person_to_void(team, people):
    entry = decided(entered(team, people.leader, people.volunteer), people.deputy)
    settle(disputed(entry), people.staff)
    assert totals_of(people.volunteer).approved == 120

    correction = HourAdjustment.objects.get()
    with pytest.raises(ProposedByYouError):
        confirm(correction, people.staff)
    confirm(correction, people.manager)

    assert totals_of(people.volunteer).approved == 0
    assert recorded(people.volunteer, service(team)).state == HourState.SUBMITTED
    with pytest.raises(VoidAlreadyError):
        propose(entry, people.staff)


def test_only_what_others_did_can_be_disputed_and_not_for_ever(team, people):
    with pytest.raises(NothingToDisputeError):
        disputed(recorded(people.volunteer, service(team)))
    entry = entered(team, people.leader, people.member)
    late = {"by": people.member, "now": NOW + timedelta(days=30, minutes=1)}
    with pytest.raises(DisputeTooLateError):
        dispute_hours(entry_id=entry.pk, text="不对", **late)


def test_a_confirmed_correction_counts_everywhere(team, people):
    entry = decided(recorded(people.volunteer, service(team)), people.leader)
    correction = propose(entry, people.staff)
    assert totals_of(people.volunteer).approved == 120

    confirm(correction, people.manager)

    assert totals_of(people.volunteer).approved == 60
    assert approved_minutes(teams=[team.pk], by="team") == {team.pk: 60}
    day = entry.date
    assert approved_minutes(people=[people.volunteer.pk], first=day, last=day) == {
        people.volunteer.pk: 60
    }
    assert not approved_minutes(first=day + timedelta(days=1))
    assert Notification.objects.get(kind="hours_corrected").user == people.volunteer
    with pytest.raises(HoursOverlapError):
        recorded(people.volunteer, service(team))


def test_a_refused_correction_changes_nothing(team, people):
    entry = decided(recorded(people.volunteer, service(team)), people.leader)
    confirm(propose(entry, people.staff), people.manager, is_right=False)

    assert totals_of(people.volunteer).approved == 120
    assert propose(entry, people.staff, after=90).minutes == -30


def test_refuses_corrections_that_make_no_sense(team, people):
    sent = recorded(people.volunteer, service(team))
    with pytest.raises(NotApprovedError):
        propose(sent, people.staff)
    entry = decided(sent, people.leader)
    for after, refusal in (
        (120, NothingChangesError),
        (-1, BeyondRecordError),
        (721, BeyondRecordError),
    ):
        with pytest.raises(refusal):
            propose(entry, people.staff, after=after)
    propose(entry, people.staff)
    with pytest.raises(CorrectionOpenError):
        propose(entry, people.staff, after=90)


@pytest.mark.parametrize(
    "change",
    [
        {"confirmed_by": "staff", "state": "confirmed"},
        {"confirmed_by": "volunteer", "state": "confirmed"},
        {"after": 721},
        {"state": "confirmed"},
        {"minutes": 0},
    ],
)
def test_the_database_holds_the_second_person_and_the_bounds(team, people, change):
    entry = decided(recorded(people.volunteer, service(team)), people.leader)
    propose(entry, people.staff)
    values = dict(change)
    if "confirmed_by" in values:
        values |= {"confirmed_by": getattr(people, values["confirmed_by"]), "confirmed_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        HourAdjustment.objects.update(**values)
