"""Reporting a need."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lishui_center.common.templatetags.components import may_stay_empty
from lishui_center.notifications.models import Notification
from services.bookings.errors import IdempotencyError
from services.intake.access import alike
from services.intake.actions import Contact, follow_need
from services.requests.errors import TextMissingError, TooManyNeedsError
from services.requests.followers import Follower
from services.requests.models import Category, ServiceRequest
from services.requests.personal import has_personal_data, hide_personal_data
from services.requests.rules import PER_PHONE_A_DAY
from services.tracking.messages import track_path
from tests.factories.accounts import UserFactory
from tests.factories.needs import PHONE, report
from tests.factories.pages import last_code
from tests.factories.photos import upload
from tests.factories.services import NOW, CentreFactory

pytestmark = pytest.mark.django_db

TYPED = {"category": "parking", "text": "村口消防通道长期停满了车", "centre": "town"}


def test_numbers_follow_on_and_begin_anew_each_day():
    numbers = [report(phone="").request.reference for _ in range(2)]
    tomorrow = report(phone="", now=NOW + timedelta(days=1)).request.reference

    assert [*numbers, tomorrow] == ["S2611250001", "S2611250002", "S2611260001"]


def test_the_same_key_and_contents_report_once():
    first = report(idempotency_key="k")

    assert report(idempotency_key="k") == first
    with pytest.raises(IdempotencyError):
        report(idempotency_key="k", text="别的事")


def test_refuses_no_words_and_a_phone_that_sends_too_many():
    with pytest.raises(TextMissingError):
        report(text=" \n")
    for _turn in range(PER_PHONE_A_DAY):
        report()
    with pytest.raises(TooManyNeedsError):
        report()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("联系13812340001", True),
        ("电话 138-1234-0001", True),
        ("座机0757-12345678", True),
        ("１３８１２３４０００１", True),
        ("身份证999999199001010016", True),
        ("编号999999199001010017", False),
        ("坏了3个路灯，2026年11月25日起", False),
        ("订单12345678901234", False),
    ],
)
def test_finds_numbers_of_people(text, held):
    assert has_personal_data(text) == held
    assert not has_personal_data(hide_personal_data(text))


def test_blots_out_the_number_and_leaves_the_words_as_they_were_typed():
    text = "路灯不亮，找１３８１２３４０００１，或999999199001010016（急）"
    assert hide_personal_data(text) == "路灯不亮，找▇▇▇，或▇▇▇（急）"


def test_finds_what_looks_alike_and_nothing_else():
    same = report(text="村口的消防通道长期停满车").request
    report(phone="", text="村委广场停车场收费太贵")
    report(phone="", text="村口的消防通道停满车", category=Category.ROADS)
    report(phone="", text="村口的消防通道停满车", now=NOW - timedelta(days=200))
    report(phone="", text="村口的消防通道停满车，找13800000009")

    found = alike(centre=same.centre, category="parking", text=TYPED["text"], now=NOW)

    assert found == [same]


def test_following_a_phone_that_is_told_already_gives_its_link_to_nobody():
    reporter = report()
    user = UserFactory()

    newcomer = follow_need(need=reporter.request, contact=Contact("en", phone=PHONE), now=NOW)
    first = follow_need(need=reporter.request, contact=Contact("en", user=user), now=NOW)
    again = follow_need(need=reporter.request, contact=Contact("en", user=user), now=NOW)

    assert newcomer.secret != reporter.secret
    assert not newcomer.phone
    assert first == again


def test_shows_the_ones_alike_first_and_follows_one(client, stop_the_clock):
    stop_the_clock(NOW)
    known = report(text=TYPED["text"]).request

    step = client.post(reverse("needs:new"), {**TYPED, "photos": [upload()]})
    assert known.reference in step.content.decode()
    page = client.post(reverse("needs:new"), {**TYPED, "follow": known.reference}, follow=True)

    follower = known.followers.get(is_reporter=False)
    assert page.redirect_chain[-1][0] == track_path(follower)
    assert ServiceRequest.objects.count() == 1


def test_a_phone_is_proven_before_it_is_told_anything(client, settings):
    settings.PHONE_VERIFICATION = True
    CentreFactory()
    told = {**TYPED, "phone": PHONE}

    asked = client.post(reverse("needs:new"), {**told, "photos": [upload()]})
    sent = {**told, "kept": asked.context["kept"], "code": "000000"}
    wrong = client.post(reverse("needs:new"), sent)
    assert (asked.status_code, wrong.status_code) == (200, 422)
    field = asked.context["form"]["code"]
    assert not may_stay_empty(field)
    assert not ServiceRequest.objects.exists()
    client.post(reverse("needs:new"), {**sent, "code": last_code()})

    need = ServiceRequest.objects.get()
    assert (need.followers.get().phone, need.photos.count()) == (PHONE, 1)
    kinds = Notification.objects.values_list("kind", flat=True)
    assert set(kinds) == {"sign_in_code", "need_received"}


def test_nobody_follows_with_a_phone_they_have_not_proven(client, settings, stop_the_clock):
    settings.PHONE_VERIFICATION = True
    stop_the_clock(NOW)
    known = report(phone="", text=TYPED["text"]).request
    follow = {**TYPED, "phone": PHONE, "follow": known.reference}

    client.post(reverse("needs:new"), follow)
    assert not known.followers.filter(is_reporter=False).exists()
    client.post(reverse("needs:new"), {**follow, "code": last_code()})
    assert known.followers.get(is_reporter=False).phone == PHONE


def test_without_a_phone_or_with_ones_own_no_code_is_asked_for(client, settings):
    settings.PHONE_VERIFICATION = True
    CentreFactory()
    client.post(reverse("needs:new"), TYPED)
    user = UserFactory(phone_verified_at=NOW)
    client.force_login(user)
    client.post(reverse("needs:new"), {**TYPED, "sure": "1", "phone": user.phone})

    assert ServiceRequest.objects.count() == 2
    assert not Notification.objects.filter(kind="sign_in_code").exists()


def test_keeps_the_photos_over_the_step_in_between(client, stop_the_clock):
    stop_the_clock(NOW)
    report(text=TYPED["text"])
    step = client.post(reverse("needs:new"), {**TYPED, "photos": [upload(), upload("red")]})

    sent = {**TYPED, "sure": "1", "kept": step.context["kept"]}
    page = client.post(reverse("needs:new"), sent, follow=True)

    need = ServiceRequest.objects.latest("pk")
    assert need.photos.count() == 2
    assert need.user is None
    link = page.redirect_chain[-1][0]
    picture = link.replace("?", "photos/0/?")
    shown = client.get(picture)
    shown.close()
    assert shown["Content-Type"] == "image/webp"
    assert client.get(picture.split("?")[0]).status_code == 404


def test_a_wrong_link_learns_nothing(client):
    follower = report()
    path = track_path(follower)

    assert client.get(path).status_code == 200
    for wrong in (path[:-1] + "x", path.split("?")[0], "/needs/S2611259999/?t=" + "a" * 24):
        assert client.get(wrong).status_code == 404


def test_the_page_shows_no_number_and_holds_words_back(client):
    follower = report(text="我是李婆婆，电话13800000001")

    page = client.get(track_path(follower)).content.decode()

    assert "13800000001" not in page
    assert "李婆婆" not in page


def test_a_signed_in_person_finds_it_among_my_needs_unless_sent_without(client):
    CentreFactory()
    user = UserFactory()
    client.force_login(user)
    client.post(reverse("needs:new"), TYPED)
    client.post(reverse("needs:new"), {**TYPED, "sure": "1", "without_account": "on"})

    page = client.get(reverse("needs:mine")).content.decode()

    mine, unnamed = Follower.objects.order_by("pk")
    assert mine.request.reference in page
    assert unnamed.user is None
    assert unnamed.request.reference not in page
