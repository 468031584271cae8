"""The second look: drawing by lot, patterns, and the ledger compared with itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.hours import approved, around, centre_team, decided, late
from tests.factories.photos import photo_of
from tests.factories.services import NOW
from tests.factories.volunteers import member_of, recorded, service
from volunteers.adjustments.actions import confirm_correction
from volunteers.history.models import Act
from volunteers.hours.models import HourAdjustment, HourEntry, HourMinute
from volunteers.reconciliation.actions import reconcile
from volunteers.reconciliation.models import Reconciliation
from volunteers.review import rules
from volunteers.review.actions import check_sample, dismiss_anomaly, draw_sample
from volunteers.review.anomalies import open_anomalies
from volunteers.review.errors import ApprovedByYouError, DismissedAlreadyError
from volunteers.review.models import SampledEntry, SampleState

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return centre_team()


@pytest.fixture
def people(team):
    return around(team)


def check(sample, by, after=None):
    return check_sample(sample_id=sample.pk, after=after, remark="问过队长", by=by, now=NOW)


def patterns():
    return open_anomalies(HourEntry.objects.all(), NOW)


def test_draws_the_same_share_on_every_run(team, people, settings):
    settings.HOURS_AUDIT_PERCENT = 40
    for _number in range(4):
        approved(team, people.staff)

    assert draw_sample(day=today(NOW)) == 2
    drawn = set(SampledEntry.objects.values_list("entry", flat=True))
    assert draw_sample(day=today(NOW)) == 2

    assert set(SampledEntry.objects.values_list("entry", flat=True)) == drawn
    assert draw_sample(day=today(NOW) - timedelta(days=1)) == 0


def test_rounds_the_share_up():
    assert [len(rules.drawn(["x"] * count, 4, str)) for count in (0, 1, 25, 26)] == [0, 1, 1, 2]


def test_a_doubt_proposes_a_correction(team, people):
    approved(team, people.manager)
    draw_sample(day=today(NOW))
    sample = SampledEntry.objects.get()

    with pytest.raises(ApprovedByYouError):
        check(sample, people.manager)
    assert check(sample, people.admin, after=30).state == SampleState.DOUBTED

    correction = HourAdjustment.objects.get()
    assert (correction.after, correction.made_by) == (30, people.admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        SampledEntry.objects.update(checked_by=people.manager)


def test_finds_equal_records_of_many_and_one_phone_of_many(team):
    for _number in range(rules.ALIKE_PEOPLE):
        recorded(member_of(team), service(team, note="巡河", device="d" * 32))

    assert [row.kind for row in patterns()] == ["alike", "device"]
    assert all(len(row.people) == rules.ALIKE_PEOPLE for row in patterns())


def test_finds_one_photo_for_several_records(team):
    for ago, colour in ((3, "teal"), (12, "teal"), (15, "red")):
        person = member_of(team)
        recorded(person, service(team, ago=ago, photo=photo_of(person, colour)))

    [found] = patterns()
    assert (found.kind, len(found.people)) == ("photo", 2)


def test_finds_service_at_night(team):
    recorded(member_of(team), service(team, ago=7, hours=1))  # From 03:00.
    recorded(member_of(team), service(team, ago=4, hours=1))  # From 06:00.

    assert [row.kind for row in patterns()] == ["night"]


@pytest.mark.parametrize(
    ("wait", "count", "is_hasty"), [(60, 51, True), (180, 51, False), (60, 50, False)]
)
def test_haste_is_many_approvals_that_came_at_once(wait, count, is_hasty):
    assert rules.is_hasty([timedelta(seconds=wait)] * count) is is_hasty


def test_finds_who_approves_at_once(team, people, monkeypatch):
    monkeypatch.setattr(rules, "QUICK_APPROVALS", 1)
    for _number in range(2):
        approved(team, people.staff)

    (found,) = patterns()
    assert (found.kind, found.people) == ("hasty", {people.staff.pk})
    with pytest.raises(OwnRecordError):
        dismiss_anomaly(anomaly=found, reason="没事", by=people.staff, now=NOW)
    dismiss_anomaly(anomaly=found, reason="当晚集中审核", by=people.manager, now=NOW)
    assert patterns() == []
    with pytest.raises(DismissedAlreadyError):
        dismiss_anomaly(anomaly=found, reason="再说", by=people.admin, now=NOW)


@pytest.fixture
def ledger(team, people):
    """One corrected record, one of long ago, one that waits."""
    entry = approved(team, people.leader)
    check_later = NOW + timedelta(minutes=1)
    SampledEntry.objects.create(
        entry=entry, day=today(NOW), volunteer=entry.volunteer, approved_by=people.leader
    )
    check(SampledEntry.objects.get(), people.manager, after=90)
    confirm_correction(
        adjustment_id=HourAdjustment.objects.get().pk, is_right=True, by=people.staff, now=NOW
    )
    decided(late(team, people.staff, people.volunteer), people.colleague)
    recorded(people.member, service(team))
    assert reconcile(now=check_later).ok
    return entry


def test_a_ledger_that_agrees_says_how_much_stands(ledger):
    assert Reconciliation.objects.get().minutes == 90 + 120
    assert not Notification.objects.filter(kind="ledger_differs").exists()


SPOIL = {
    "minute_rows": lambda entry: HourMinute.objects.filter(entry=entry).last().delete(),
    "minutes_of_nobody": lambda entry: HourEntry.objects.filter(pk=entry.pk).update(
        state="rejected"
    ),
    "minutes": lambda entry: HourEntry.objects.filter(pk=entry.pk).update(minutes=119),
    "overlap": lambda entry: HourEntry.objects.exclude(pk=entry.pk).update(
        volunteer=entry.volunteer, starts_at=entry.starts_at, ends_at=entry.ends_at
    ),
    "correction": lambda entry: HourAdjustment.objects.update(after=91),
    "total": lambda entry: HourEntry.objects.filter(pk=entry.pk).update(minutes=100),
    "changed_since": lambda entry: HourAdjustment.objects.update(minutes=-40),
}


@pytest.mark.parametrize("what", SPOIL)
def test_tells_the_administrator_what_differs(ledger, people, what):
    SPOIL[what](ledger)

    for _twice in range(2):
        result = reconcile(now=NOW + timedelta(days=1))

    assert what in {difference["what"] for difference in result.differences}
    told = Notification.objects.filter(kind="ledger_differs")
    assert [message.user for message in told] == [people.admin]


def test_keeps_the_whole_history(ledger):
    acts = list(ledger.events.values_list("act", flat=True))

    assert acts == [Act.SENT, Act.APPROVED, Act.PROPOSED, Act.CORRECTED]
