"""What the messages say. Source: domain.md, "Messages"."""

import pytest

from lishui_center.notifications import rendering, rules
from tests.factories.notifications import BOOKING

LANGUAGES = ["zh-hans", "en"]
TEAM = "里水镇和顺鹤峰社区夏季夜间河涌巡护与护学先锋队"
LONG_NOTE = "这几天队里正在换届，暂时没有合适的安排，请下个月再来申请，到时一定安排好岗位"
LONG_TITLE = "晚间综合窗口由两个增加到三个并在门口安排引导" * 5
EXTRA = {
    "sign_in_code": {"code": "482913"},
    "booking_no_show": {
        "no_shows": "1",
        "limit": "3",
        "within_days": "90",
        "pause_days": "30",
    },
    "booking_suspended": {
        "no_shows": "3",
        "within_days": "90",
        "until": "12月25日",
        "appeal_days": "7",
    },
    "appeal_decided": {"upheld": "", "until": "12月25日", "note": "已核实"},
    "centre_closed": {"reason": "台风预警", "band": "下午", "centre_phone": "0757-00000000"},
    "ticket_soon": {"number": "RC012", "ahead": "3", "letter": "C"},
    "waitlist_offer": {"within": "2小时"},
    "rating_asked": {"number": "RA012", "by_reply": True},
    "documents_missing": {"number": "RA012", "count": "12"},
    "duty_tomorrow": {"place": "13号窗口", "rest": "12:00-12:30"},
    "duty_soon": {"place": "13号窗口"},
    "duty_changed": {"place": "13号窗口", "rest": "12:00-12:30"},
    "duty_removed": {"place": "13号窗口"},
    "roster_gap": {"gaps": "12"},
    "hours_question": {
        "note": "这次活动是在哪个点位，和谁一起做的，请写清楚",
        "team": "队",
    },
    "hours_rejected": {
        "note": "当天活动因雨取消，队里没有服务，请核对日期",
        "team": "队",
    },
    "join_asked": {"person": "欧阳*明", "team": TEAM},
    "join_decided": {"team": TEAM, "accepted": "", "note": LONG_NOTE},
    "team_entered": {"team": TEAM},
    "team_role_decided": {
        "team": TEAM,
        "person": "欧阳*明",
        "role": "副队长",
        "accepted": "",
        "note": LONG_NOTE,
    },
    "team_role_ended": {"team": TEAM},
    "team_active": {"team": TEAM, "note": LONG_NOTE},
    "team_dormant": {"team": TEAM, "note": ""},
    "team_disbanded": {"team": TEAM, "note": LONG_NOTE},
    "project_waits": {
        "title": "里水河涌巡护与沿岸环境共治党员先锋志愿服务示范项目第二阶段推进工作",
        "title_en": "Creek patrol and shared care of the banks, second stage of the project",
        "state": "proposed",
        "reason": "",
    },
    "project_news": {
        "title": "里水河涌巡护与沿岸环境共治党员先锋志愿服务示范项目第二阶段推进工作",
        "title_en": "Creek patrol and shared care of the banks, second stage of the project",
        "state": "idea",
        "reason": "请补充目标和时间安排",
    },
    **{
        f"activity_{kind}": {
            "activity": "长者智能手机课堂第二期暨志愿者结对帮教活动",
            "where": "里水镇和顺鹤峰社区党群服务中心分站点 二楼多功能活动室东侧",
            "days_left": 1,
            "within": "2小时",
            "reason": "气象台发布台风红色预警信号，活动另行通知，请大家互相转告",
        }
        for kind in ("signed_up", "day_before", "soon", "offer", "changed", "cancelled")
    },
    "star_announced": {"level": "5", "hours": "1500", "until": "12月25日"},
    "star_awarded": {"level": "5", "hours": "1500"},
    "star_declined": {"level": "5", "hours": "1500"},
    "star_revoked": {"level": "5", "hours": "1500"},
    "objection_settled": {
        "upheld": "",
        "note": "已向服务队和村委会逐一核实，公示的服务记录与签到相符，时长无误，感谢监督",
    },
    "hours_entered": {"team": "里水镇和顺鹤峰社区先锋队", "hours": "11小时59分钟"},
    "hours_disputed": {"team": "里水镇和顺鹤峰社区先锋队", "note": "那天我没有去"},
    "hours_settled": {
        "team": "队",
        "upheld": "",
        "note": "签到表上有您的名字，队长和两名队员都记得您在场，记录保持不变",
    },
    "hours_corrected": {
        "team": "队",
        "hours": "11小时59分钟",
        "note": "签到表上的结束时间写错了，与队长核对后更正",
    },
    "ledger_differs": {"count": "12"},
    "leave_decided": {
        "first": "12月24日",
        "last": "12月25日",
        "granted": False,
        "note": "这几天年底业务集中，人手不够，请与同事商量之后再换别的日子申请一次",
    },
    **{
        kind: {
            "resource": "多功能厅（可容纳一百二十人，带舞台音响）",
            "note": "屋顶漏水，正在抢修，开放时间另行通知大家",
        }
        for kind in (
            "use_asked",
            "use_confirmed",
            "use_refused",
            "use_cancelled",
            "use_withdrawn",
            "use_day_before",
        )
    },
    "swap_asked": {"asker": "欧*明", "other": "12月24日", "place": "13号窗口"},
    "swap_answered": {"colleague": "欧*明", "accepted": True, "other": "12月24日"},
    **{
        kind: {
            "reference": "S2611230018",
            "about": "老年人和残疾人",
            "answer_days": "5",
            "step": "已退回重新派单",
            "note": "村口第三根路灯杆旁的具体位置能否再说明一下，是靠路边还是靠河，方便现场查看",
            "due": "12月25日",
            "short_url": "https://lishui.example/n/AbCdEfGhIjKlMnOpQrStUvWx/",
        }
        for kind in rules.KINDS
        if kind.startswith("need_")
    },
    "engagement_ending": {"name": "欧阳明慧文", "letter": "善美里水智库聘〔2026〕第128号"},
    "observation_decided": {"title": LONG_TITLE, "published": "", "note": "请补充数据" * 60},
    "recommendation_received": {"title": LONG_TITLE},
    "recommendation_due": {"title": LONG_TITLE, "overdue": "1"},
    "recommendation_answered": {"title": LONG_TITLE, "answer": "未采纳（已说明理由）"},
}
WITHOUT_REFERENCE = {
    "sign_in_code",
    "activity_signed_up",
    "activity_day_before",
    "activity_soon",
    "activity_offer",
    "activity_changed",
    "activity_cancelled",
    "booking_no_show",
    "booking_suspended",
    "appeal_decided",
    "centre_closed",
    "ticket_soon",
    "waitlist_offer",
    "duty_tomorrow",
    "duty_soon",
    "hours_question",
    "hours_rejected",
    "project_waits",
    "project_news",
    "star_announced",
    "star_awarded",
    "star_declined",
    "star_revoked",
    "objection_settled",
    "hours_entered",
    "hours_disputed",
    "hours_settled",
    "hours_corrected",
    "ledger_differs",
    "duty_changed",
    "duty_removed",
    "roster_gap",
    "leave_decided",
    "swap_asked",
    "swap_answered",
    "join_asked",
    "join_decided",
    "team_entered",
    "team_role_decided",
    "team_role_ended",
    "team_active",
    "team_dormant",
    "team_disbanded",
    "engagement_ending",
    "observation_decided",
    "recommendation_received",
    "recommendation_due",
    "recommendation_answered",
    "rating_asked",
    "documents_missing",
    *(kind for kind in rules.KINDS if kind.startswith("need_")),
}
LONGEST = {
    "zh-hans": {
        "date": "12月25日",
        "centre": "里水镇和顺鹤峰社区党群服务中心分站点",
        "item": "居住证签注等2项",
        "within": "120分钟",
        "until": "12月25日",
        "reason": "台风红色预警信号和红色暴雨预警信号",
    },
    "en": {
        "date": "Wed 25 Nov",
        "centre": "Heshun Hefeng Community Party-Mass Service Centre",
        "item": "Residence permit endorsement and 1 more",
        "within": "120 minutes",
        "until": "Fri 25 Dec",
        "reason": "red typhoon warning and red rainstorm warning",
        "band": "afternoon",
    },
}


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
