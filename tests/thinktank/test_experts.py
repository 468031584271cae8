"""Terms of engagement: letters, days, roles, reminders."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role
from lishui_center.notifications.models import Notification
from services.standing.errors import OwnRecordError
from tests.factories.accounts import town_wide
from tests.factories.services import NOW
from tests.factories.thinktank import DAY, engaged, member, profile
from thinktank.experts import rules
from thinktank.experts.access import is_member
from thinktank.experts.actions import (
    Term,
    discard_draft,
    draft_engagement,
    end_terms,
    issue_letter,
    remind_of_ends,
    terminate,
)
from thinktank.experts.errors import (
    LetterNumberTakenError,
    NotDraftError,
    NotInForceError,
    ReasonMissingError,
    TermOverlapError,
    TermTooLongError,
    TermTurnedError,
)
from thinktank.experts.models import EngagedDay, Engagement, EngagementState

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


def letter(expert, admin, first=DAY, last=DAY + LATER, number="1号"):
    return draft_engagement(expert_id=expert.pk, term=Term(number, first, last), by=admin)


def holds_role(expert, day=DAY):
    return User.objects.get(pk=expert.user_id).has_role(Role.EXPERT, day)


def test_a_letter_gives_the_role_for_its_days_and_no_longer(admin):
    expert = profile()
    draft = letter(expert, admin)
    assert not holds_role(expert)

    issue_letter(engagement_id=draft.pk, by=admin, now=NOW)

    assert holds_role(expert)
    assert holds_role(expert, DAY + LATER)
    assert not holds_role(expert, DAY + LATER + rules.DAY)
    assert not holds_role(expert, DAY - rules.DAY)
    with pytest.raises(NotDraftError):
        issue_letter(engagement_id=draft.pk, by=admin, now=NOW)


@pytest.mark.parametrize(
    ("first", "last"), [(30, 60), (-10, 0), (5, 10), (-5, 40)], ids=["end", "start", "in", "over"]
)
def test_no_two_terms_of_a_member_share_a_day(admin, first, last):
    expert = profile()
    letter(expert, admin)
    days = (DAY + timedelta(days=first), DAY + timedelta(days=last))

    with pytest.raises(TermOverlapError):
        letter(expert, admin, *days, number="2号")

    assert Engagement.objects.count() == 1


def test_the_database_itself_refuses_the_shared_day(admin):
    expert = profile()
    first = letter(expert, admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        EngagedDay.objects.create(engagement=first, expert=expert, day=DAY)


def test_the_next_day_begins_the_next_term_and_a_colleague_is_free(admin):
    expert, colleague = profile(), profile()
    letter(expert, admin)

    letter(expert, admin, DAY + LATER + rules.DAY, DAY + 2 * LATER, number="2号")
    letter(colleague, admin, number="3号")

    assert Engagement.objects.count() == 3


@pytest.mark.parametrize(
    ("first", "last", "number", "refusal"),
    [
        (DAY, DAY - rules.DAY, "2号", TermTurnedError),
        (DAY, DAY + rules.LONGEST_TERM + rules.DAY, "2号", TermTooLongError),
        (date(2030, 1, 1), date(2030, 2, 1), "1号", LetterNumberTakenError),
    ],
)
def test_refuses_a_term_that_cannot_be(admin, first, last, number, refusal):
    expert = profile()
    letter(expert, admin)

    with pytest.raises(refusal):
        letter(expert, admin, first, last, number)


def test_nobody_engages_themselves(admin):
    with pytest.raises(OwnRecordError):
        letter(profile(admin), admin)


def test_an_early_end_takes_the_role_and_frees_the_days(admin):
    expert = member(by=admin)
    term = expert.engagements.get()
    with pytest.raises(ReasonMissingError):
        terminate(engagement_id=term.pk, reason=" ", by=admin, now=NOW)
    assert is_member(expert.user, DAY)

    terminate(engagement_id=term.pk, reason="工作调动", by=admin, now=NOW)

    assert not is_member(expert.user, DAY)
    assert not holds_role(expert)
    assert Engagement.objects.get().last_day == DAY - rules.DAY
    letter(expert, admin, number="2号")
    with pytest.raises(NotInForceError):
        terminate(engagement_id=term.pk, reason="再次", by=admin, now=NOW)


def test_a_discarded_draft_frees_its_days(admin):
    expert = profile()

    discard_draft(engagement_id=letter(expert, admin).pk, by=admin)

    letter(expert, admin)
    assert Engagement.objects.count() == 1


def test_a_term_ends_the_day_after_its_last(admin):
    expert = profile()
    engaged(expert, DAY - LATER, DAY, by=admin)
    assert end_terms(now=NOW) == 0
    assert is_member(expert.user, DAY)

    assert end_terms(now=NOW + rules.DAY) == 1
    assert end_terms(now=NOW + rules.DAY) == 0

    assert Engagement.objects.get().state == EngagementState.ENDED


def test_the_member_and_the_town_are_told_once_60_days_before(admin):
    expert = profile()
    engaged(expert, DAY, DAY + rules.REMIND_BEFORE + rules.DAY, by=admin)
    assert remind_of_ends(now=NOW) == 0

    assert remind_of_ends(now=NOW + rules.DAY) == 1
    assert remind_of_ends(now=NOW + 2 * rules.DAY) == 0

    told = Notification.objects.filter(kind="engagement_ending")
    assert set(told.values_list("user", flat=True)) == {expert.user_id, admin.pk}


def test_an_issued_letter_points_to_its_grant(admin):
    expert = member(by=admin)

    assert expert.engagements.get().grant == RoleGrant.objects.get(role=Role.EXPERT)
