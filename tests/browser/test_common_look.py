"""The look in a real browser: accessible in every mode, light to load, kind without JavaScript."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import include, path
from playwright.sync_api import BrowserContext, Page, expect

from lishui_center.common.gallery import gallery
from tests.browser.walk import said

BUDGET_BYTES = 60 * 1024

# The gallery is part of development only; here it stands for all pages built of its parts.
urlpatterns = [path("dev/components/", gallery), path("", include("lishui_center.urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]

PAGES = ["/help/", "/privacy/", "/settings/", "/accounts/login/", "/accounts/login/code/", "/no/"]


@pytest.fixture
def open_axe(browser, base_url):
    """Opens a page in a mode and answers what axe has against it."""
    contexts: list[BrowserContext] = []

    def open_page(address: str, *, scheme="light", senior="0", language="zh-hans", width=360):
        # Axe is put into the page as a script, which our own policy rightly forbids.
        context = browser.new_context(
            base_url=base_url,
            bypass_csp=True,
            color_scheme=scheme,
            viewport={"width": width, "height": 740},
        )
        contexts.append(context)
        context.add_cookies(
            [
                {"name": "senior", "value": senior, "url": base_url},
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base_url},
            ]
        )
        page = context.new_page()
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        return [violation["id"] for violation in Axe().run(page).response["violations"]]

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(open_axe, address):
    assert open_axe(address) == []


@pytest.mark.parametrize(
    "mode", [{}, {"scheme": "dark"}, {"senior": "1"}, {"language": "en", "width": 1280}]
)
def test_axe_finds_nothing_in_the_components(open_axe, mode):
    assert open_axe("/dev/components/", **mode) == []


def test_senior_mode_shows_nothing_small(page: Page, context: BrowserContext, base_url):
    context.add_cookies([{"name": "senior", "value": "1", "url": base_url}])
    page.goto("/dev/components/")

    small = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(element =>
            [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
            && parseFloat(getComputedStyle(element).fontSize) < 24).length"""
    )
    low = page.evaluate(
        """[...document.querySelectorAll('.btn, .slot, .day, .utility button, summary')].filter(
            element => element.getBoundingClientRect().height < 60).length"""
    )
    assert (small, low) == (0, 0)


def test_settings_work_without_javascript(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto("/help/")

    page.get_by_role("button", name="Senior mode").click()
    page.get_by_role("button", name="中文").click()

    expect(page.locator("html.senior[lang=zh-Hans]")).to_be_visible()
    assert page.url.endswith("/help/")
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page):
    page.goto("/help/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_the_countdown_runs_out_in_words(page: Page):
    page.clock.install()
    page.goto("/dev/components/")

    page.clock.run_for(65_000)
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"8:5\d"))
    page.clock.run_for(600_000)

    expect(page.locator("[data-timer-over]")).to_be_visible()


def test_a_lost_network_is_said(page: Page, context: BrowserContext):
    page.goto("/help/")
    expect(page.locator("#offline")).to_be_hidden()

    context.set_offline(True)

    expect(page.locator("#offline")).to_be_visible()


def test_sharing_copies_the_link_where_there_is_nothing_to_share_with(page: Page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto("/dev/components/")

    page.locator("[data-share]").click()

    expect(page.locator("[data-share]")).to_have_text(said(page, "Link copied"))
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/b/K7Q2M9/"


def test_a_second_tap_sends_nothing(page: Page):
    page.goto("/settings/")

    accepted = page.locator("main form").evaluate(
        """form => [1, 2].map(() => form.dispatchEvent(
            new SubmitEvent('submit', {bubbles: true, cancelable: true})))"""
    )

    assert accepted == [True, False]


def test_errors_take_the_focus(page: Page):
    page.goto("/dev/components/")

    expect(page.locator(".error-summary")).to_be_focused()


def test_obeys_its_own_content_policy_within_the_budget(page: Page):
    complaints, loaded = [], {}
    page.on("console", lambda message: complaints.append(message.text))
    page.on("response", lambda response: loaded.update({response.url: response}))

    page.goto("/dev/components/")
    page.wait_for_load_state("networkidle")

    weight = sum(len(gzip.compress(response.body())) for response in loaded.values())
    assert complaints == []
    assert weight <= BUDGET_BYTES
