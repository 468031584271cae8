"""Teams by their hours; people by theirs, if they agreed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import UserFactory, staff_at
from tests.factories.hours import decided, voided
from tests.factories.recognition import DAY, served
from tests.factories.services import NOW, CommunityFactory
from tests.factories.volunteers import TeamFactory, member_of, recorded, service
from volunteers.adjustments.actions import confirm_correction, propose_correction
from volunteers.boards.access import people_ranked, teams_ranked
from volunteers.boards.actions import count_team_days, give_consent, withdraw_consent
from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.boards.rules import Period, Span, period_of
from volunteers.hours.models import HourEntry
from volunteers.recognition.ledger import totals
from volunteers.tasks import count_team_days as nightly
from volunteers.teams.models import MemberRole

pytestmark = pytest.mark.django_db
MONTH = period_of(Span.MONTH, DAY)


@pytest.fixture
def teams():
    return [TeamFactory(), TeamFactory()]


def test_counts_the_days_anew_and_puts_right_what_changed(teams):
    served(UserFactory(), teams[0], hours=24)
    entries = served(UserFactory(), teams[0], hours=24)
    served(UserFactory(), teams[1], hours=60)

    assert (count_team_days(now=NOW), count_team_days(now=NOW)) == (7, 7)
    assert [row["total"] for row in teams_ranked(MONTH)] == [60 * 60, 48 * 60]

    for entry in HourEntry.objects.filter(team=teams[1]):
        voided(entry)
    HourEntry.objects.filter(pk=entries[0].pk).update(minutes=60)
    assert nightly() == 2
    assert [row["total"] for row in teams_ranked(MONTH)] == [37 * 60]
    assert TeamDay.objects.count() == 2


def test_a_period_is_the_calendar_month_or_year():
    assert Period(DAY.replace(day=1), DAY) == MONTH
    assert period_of(Span.YEAR, DAY).first == DAY.replace(month=1, day=1)


def test_names_only_members_who_agreed(teams):
    named, silent, left, stranger = (
        member_of(teams[0]),
        member_of(teams[0]),
        member_of(teams[0], ends_on=DAY - timedelta(days=1)),
        UserFactory(),
    )
    for user in (named, silent, left, stranger):
        served(user, teams[0], hours=5)
    for user in (named, left, stranger):
        give_consent(user=user, now=NOW)

    assert [row["volunteer"] for row in people_ranked(teams[0], MONTH)] == [named.pk]
    withdraw_consent(user=named, now=NOW)
    assert not people_ranked(teams[0], MONTH)


def test_a_consent_is_kept_with_its_dates(client, stop_the_clock):
    stop_the_clock(NOW)
    user = UserFactory()
    client.force_login(user)
    address = reverse("volunteers:name-me")

    for named in ("yes", "yes", "no", "no", "yes"):
        assert client.post(address, {"named": named}).status_code == 302

    kept = BoardConsent.objects.of(user).values_list("withdrawn_at", flat=True)
    assert list(kept) == [NOW, None]
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardConsent.objects.create(user=user, given_at=NOW)


def test_pages_ask_the_database_the_same_for_many(client, teams, stop_the_clock):
    stop_the_clock(NOW)
    user = member_of(teams[0])
    client.force_login(user)
    give_consent(user=user, now=NOW)
    served(user, teams[0], hours=5)
    count_team_days(now=NOW)
    pages = [
        reverse("volunteers:board"),
        reverse("volunteers:team-board", args=[teams[0].code]) + "?span=year",
    ]

    def queries():
        with CaptureQueriesContext(connection) as made:
            for page in pages:
                assert client.get(page).status_code == 200
        return len(made)

    few = queries()
    for _ in range(11):
        give_consent(user=(other := member_of(teams[0])), now=NOW)
        served(other, teams[0], hours=5)
        served(other, TeamFactory(), hours=5)
    count_team_days(now=NOW)
    assert queries() == few


def test_a_confirmed_correction_counts_wherever_recognition_asks():
    team = TeamFactory(centre=CommunityFactory())
    leader = member_of(team, role=MemberRole.LEADER)
    entry = decided(recorded(member_of(team), service(team, hours=2)), leader)
    proposed = propose_correction(
        entry_id=entry.pk, after=30, reason="早退", by=staff_at(team.centre_id), now=NOW
    )
    assert totals([entry.volunteer_id]) == {entry.volunteer_id: 120}

    confirm_correction(
        adjustment_id=proposed.pk, is_right=True, by=staff_at(team.centre_id), now=NOW
    )

    assert totals([entry.volunteer_id]) == {entry.volunteer_id: 30}
