"""What the think tank holds about a person: to copy, and to forget."""

import json

import pytest

from lishui_center.accounts import privacy
from lishui_center.accounts.rules import Role
from tests.factories.accounts import town_wide
from tests.factories.services import NOW
from tests.factories.thinktank import answered, drafted, member, published, recommended
from thinktank.experts.models import ExpertProfile
from thinktank.observations.actions import declare_interest
from thinktank.observations.models import Interest, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    admin = town_wide(Role.TOWN_ADMIN)
    found = member(by=admin, bio_zh="研究基层治理")
    report = published(found, by=admin)
    answered(recommended(report), admin)
    drafted(found, title="草稿")
    declare_interest(subject="centre:town", reason="曾任顾问", by=found.user, now=NOW)
    return found


def test_the_copy_holds_profile_terms_and_writings(expert):
    copy = privacy.export_all(expert.user, now=NOW)

    text = json.dumps(copy["think_tank"], ensure_ascii=False)
    letter = expert.engagements.get().letter_no
    for part in ("研究基层治理", letter, "晚间窗口", "草稿", "曾任顾问", "增开窗口"):
        assert part in text


def test_erasing_keeps_what_was_published_without_its_name(expert):
    privacy.erase_all(expert.user, now=NOW)

    found = ExpertProfile.objects.get()
    assert {found.name_zh, found.name_en, found.bio_zh} == {""}
    assert "潘博文" not in found.name
    assert [report.title for report in Observation.objects.all()] == ["晚间窗口"]
    assert Observation.objects.get().is_whole
    assert not Interest.objects.exists()
