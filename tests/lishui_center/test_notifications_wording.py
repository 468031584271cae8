"""What the messages say. Source: domain.md, "Messages"."""

import pytest

from lishui_center.notifications import rendering, rules
from tests.factories.notifications import BOOKING
from tests.factories.wordings import EXTRA, LONGEST, WITHOUT_REFERENCE

LANGUAGES = ["zh-hans", "en"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sign_in_code", "验证码482913，5分钟内有效。请勿告诉他人，工作人员不会向您索要。"),
        (
            "booking_confirmed",
            "您已预约11月25日14:00-14:30在镇中心办理居住证签注，预约码K7Q2M9，请提前10分钟到场取号。",
        ),
        (
            "booking_day_before",
            "提醒：您预约明天14:00-14:30到镇中心办理居住证签注，预约码K7Q2M9，请带齐材料。来不了请在12:00前取消。",
        ),
        (
            "booking_cancelled",
            "您11月25日14:00的预约已取消，预约码K7Q2M9失效。如需办理请重新预约。",
        ),
        (
            "booking_no_show",
            "您11月25日14:00的预约未到场，已记爽约1次。90天内满3次将暂停预约30天，现场取号不受影响。",
        ),
        (
            "centre_closed",
            "因台风预警，11月25日下午窗口暂停服务，您的预约已保留，可免费改期，不计爽约。咨询0757-00000000。",
        ),
        ("ticket_soon", "您的号码RC012前面还有3人，请到C区等候，过号请联系导办台。"),
        (
            "need_received",
            "您反映的老年人和残疾人问题已受理，编号S2611230018，将在5个工作日内回复。",
        ),
        ("need_resolved", "已办结，请评价：https://lishui.example/n/AbCdEfGhIjKlMnOpQrStUvWx/"),
        (
            "waitlist_offer",
            "您候补的11月25日14:00居住证签注已有名额，请在2小时内确认，逾期自动释放。",
        ),
    ],
)
def test_says_what_the_domain_rules_say(kind, text):
    context = {**BOOKING, **EXTRA.get(kind, {}), "days_left": 1}

    assert rendering.sms(kind, "zh-hans", context) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(rules.KINDS))
def test_fits_one_sms_with_the_longest_values(kind, language):
    context = {**BOOKING, **EXTRA.get(kind, {}), **LONGEST[language], "days_left": 12}

    text = rendering.sms(kind, language, context)

    assert len("【里水党群】" + text) <= {"zh-hans": 70, "en": 134}[language]
    assert "K7Q2M9" in text or kind in WITHOUT_REFERENCE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(rules.KINDS))
def test_writes_every_mail_with_subject_text_and_html(kind, language):
    subject, text, html = rendering.mail(kind, language, {**BOOKING, **EXTRA.get(kind, {})})

    assert subject
    assert BOOKING["url"] in text
    assert f'href="{BOOKING["url"]}"' in html
    assert "{" not in subject + text


@pytest.mark.parametrize(("days_left", "word"), [(0, "今天"), (1, "明天"), (2, "11月25日")])
def test_calls_the_day_by_its_distance_when_it_is_sent(days_left, word):
    text = rendering.sms("booking_day_before", "zh-hans", {**BOOKING, "days_left": days_left})

    assert text.startswith(f"提醒：您预约{word}14:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_asks_to_confirm_where_places_are_released(language):
    context = {**BOOKING, **LONGEST[language], "days_left": 12, "confirm_by": "18:00"}

    text = rendering.sms("booking_day_before", language, context)

    assert "18:00" in text
    assert "K7Q2M9" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pauses", [True, False])
def test_warns_in_full_of_the_limit_of_cancellations(language, pauses):
    until = LONGEST[language]["until"] if pauses else ""
    facts = {"cancelled": "12", "within_days": "365", "paused_until": until}
    context = {**BOOKING, **LONGEST[language], **facts}

    text = rendering.sms("booking_cancelled", language, context)

    assert text == rendering.wordings("booking_cancelled", language, context)[0]
    assert "365" in text
    assert until in text


def test_refuses_to_send_a_gap():
    with pytest.raises(rendering.MissingFactError):
        rendering.sms("booking_confirmed", "zh-hans", {"reference": "K7Q2M9"})


def test_refuses_an_sms_that_no_wording_fits():
    with pytest.raises(rendering.TooLongError):
        rendering.sms("sign_in_code", "zh-hans", {"code": "4" * 60})


def test_escapes_only_in_html():
    context = {**BOOKING, "centre": "<b>A&B</b>"}

    _, text, html = rendering.mail("booking_confirmed", "en", context)

    assert "<b>A&B</b>" in text
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in html


def test_writes_in_the_language_of_the_house_for_a_language_without_texts():
    assert rendering.language_of("fr") == "zh-hans"
