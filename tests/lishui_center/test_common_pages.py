"""The plain pages, the settings cookies, the components' markup and closing for maintenance."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from lishui_center.common import dates

START = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
END = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def drawn(source, **context):
    """The source as a template, with our tags at hand, rendered in English."""
    request = RequestFactory().get("/list/?state=open&page=2")
    with translation.override("en"):
        return (
            engines["django"]
            .from_string("{% load components formats %}" + source)
            .render(context, request)
        )


def language_of(response):
    return re.search(r'<html\s+lang="([^"]+)"', response.content.decode())[1]


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As on your card.")
    agreed = forms.BooleanField()
    note = forms.CharField(required=False)


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/settings/", "/robots.txt"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.django_db
def test_answers_without_an_account_in_few_queries(
    client, path, language, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get(path, headers={"accept-language": language})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Privacy notice"), ("zh-hans", "个人信息保护告知")]
)
def test_shows_the_notice_in_the_readers_language_with_its_version(client, language, words):
    page = client.get("/privacy/", headers={"accept-language": language}).content.decode()

    assert f"<h1>{words}</h1>" in page
    assert "2026-11-24" in page


def test_has_no_inline_style_or_script(client):
    page = client.get("/help/").content.decode()

    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page


def test_says_its_language(client):
    english = client.get("/help/", headers={"accept-language": "en"})
    chinese = client.get("/help/", headers={"accept-language": "zh-CN"})

    assert language_of(english) == "en"
    assert language_of(chinese) == "zh-Hans"


def test_senior_mode_stays_and_returns_to_where_the_person_was(client):
    response = client.post("/settings/", {"senior": "1", "next": "/help/?a=b"})

    assert response.url == "/help/?a=b"
    assert b'class="senior"' in client.get("/help/").content


def test_senior_mode_can_be_left(client):
    client.cookies["senior"] = "1"

    client.post("/settings/", {"senior": "0"})

    assert b'class="senior"' not in client.get("/help/").content


def test_language_stays(client):
    client.post("/settings/", {"language": "en"})

    page = client.get("/help/", headers={"accept-language": "zh-CN"})
    assert language_of(page) == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x", ""])
def test_never_leads_to_another_site(client, target):
    response = client.post("/settings/", {"senior": "1", "next": target})

    assert response.url == "/settings/"


def test_refuses_an_unknown_language(client):
    response = client.post("/settings/", {"language": "xx"})

    assert response.status_code == 422
    assert "django_language" not in response.cookies


def test_hides_footer_records_that_are_empty(client, settings):
    settings.ICP_RECORD = ""
    settings.POLICE_RECORD = "粤公网安备 00000000000000号"

    page = client.get("/help/").content.decode()

    assert "ICP" not in page
    assert "粤公网安备 00000000000000号" in page


def test_marks_demo_data(client, settings):
    settings.DEMO_MARK = True
    assert "演示数据 / demo data" in client.get("/help/").content.decode()

    settings.DEMO_MARK = False
    assert "演示数据 / demo data" not in client.get("/help/").content.decode()


@pytest.mark.django_db
def test_an_unknown_page_leads_back(client):
    response = client.get("/no/such/page/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert b"This page does not exist" in response.content


def test_a_form_without_its_token_is_explained():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/settings/", {"senior": "1"}, headers={"accept-language": "en"})

    assert response.status_code == 403
    assert b"This form has been open for too long" in response.content


def test_the_page_of_a_failure_needs_no_request():
    page = engines["django"].get_template("500.html").render()

    assert "<h1>" in page


def test_the_gallery_exists_only_in_development(client):
    assert client.get("/dev/components/").status_code == 404


def test_maintenance_closes_pages(client, settings):
    settings.MAINTENANCE = True

    response = client.get("/help/", headers={"accept-language": "en"})

    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert b"We are working on the site" in response.content


def test_maintenance_answers_the_api_in_its_own_shape(client, settings):
    settings.MAINTENANCE = True

    response = client.get("/api/v1/centres/")

    assert response.status_code == 503
    assert response.json()["code"] == "maintenance"


def test_maintenance_leaves_the_health_check_alone(client, settings):
    settings.MAINTENANCE = True

    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "11月25日（周三）14:00-14:30"), ("en", "Wed 25 Nov, 14:00-14:30")],
)
def test_writes_dates_as_people_read_them(language, words):
    with translation.override(language):
        assert dates.short_range(START, END) == words


def test_takes_the_day_at_the_centres_local_time():
    late = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 01:00 on the 25th in Lishui

    with translation.override("en"):
        assert dates.short_date(late) == dates.short_date(date(2026, 11, 25)) == "Wed 25 Nov"


def test_ties_help_and_error_to_the_input():
    field = drawn("{{ form }}", form=SampleForm({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field


def test_sums_errors_up_with_links_and_takes_the_focus():
    page = drawn("{{ form }}", form=SampleForm({}))

    assert 'role="alert" tabindex="-1" autofocus' in page
    assert 'href="#id_name"' in page
    assert 'href="#id_agreed"' in page
    assert 'href="#id_note"' not in page


def test_says_which_fields_may_stay_empty():
    page = drawn("{{ form }}", form=SampleForm())

    assert page.count("(optional)") == 1


@pytest.mark.parametrize(
    ("free", "waitlist", "expected"),
    [(4, "", "<button"), (1, "", 'class="few"'), (0, "/wait/", 'href="/wait/"'), (0, "", "Full")],
)
def test_a_slot_shows_what_can_be_done_with_it(free, waitlist, expected):
    source = '{% slot_button "18:00" name="start" value="x" free=free waitlist=waitlist %}'

    assert expected in drawn(source, free=free, waitlist=waitlist)


def test_a_closed_day_cannot_be_chosen():
    source = '{% day_link day href="/d/" free=0 closed="Holiday" %}'

    page = drawn(source, day=date(2026, 11, 25))

    assert "Holiday" in page
    assert "href" not in page


def test_the_timer_shows_the_end_without_javascript():
    assert "until 14:00" in drawn('{% timer until "Kept" %}', until=START)


def test_steps_name_the_current_one():
    page = drawn('{% steps 2 "Item" "Time" "Confirm" %}')

    assert re.search(r'class="now" aria-current="step"\s*>\s*2 Time', page)
    assert re.search(r'class="done"\s*>\s*1 Item', page)


def test_pages_keep_the_rest_of_the_query():
    page = drawn("{% pagination page %}", page=Paginator(range(60), 20).page(2))

    assert 'href="?state=open&amp;page=1"' in page
    assert "Page 2 of 3" in page


def test_the_qr_code_draws_every_dark_module():
    page = drawn('{% qr "https://example.org/" %}')

    assert 'viewBox="0 0 29 29"' in page
    assert 'd="M2 2h7v1h-7z' in page


def test_the_confirm_page_asks_posts_and_leads_back(rf):
    source = (
        '{% extends "components/confirm_page.html" %}'
        "{% block question %}Cancel it?{% endblock %}"
        "{% block act %}Cancel the booking{% endblock %}"
    )
    context = {"back_url": "/back/", "act_class": "btn-danger", "form": None}

    page = engines["django"].from_string(source).render(context, rf.get("/"))

    assert "Cancel it?" in page
    assert re.search(r'<button class="btn btn-danger">\s*Cancel the booking', page)
    assert 'href="/back/"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_label_says_nothing_where_no_field_is_required():
    either = type("Either", (forms.Form,), {"phone": forms.CharField(required=False)})

    assert "(optional)" not in drawn("{{ form }}", form=either())
