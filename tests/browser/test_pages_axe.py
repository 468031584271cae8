"""Every page in a phone's browser: accessible, no wider than the screen, large in senior mode."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, Response

from tests.browser.everywhere import EVERYBODY, all_places
from tests.browser.places import Place, all_names
from tests.browser.unseen import NO_PAGES

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wednesday_morning"),
    pytest.mark.ignore_template_errors,  # allauth's own templates ask for what is not there
]

WIDTH = 360
# What differs between the modes; all else is the same HTML.
LOOKS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
FAULTS_ONLY = {"resultTypes": ["violations"]}  # What is right is not told: half the time.

TOO_SMALL = """() => {
    const isSeen = (element) => element.checkVisibility() && element.offsetHeight > 1;
    const all = [...document.querySelectorAll('body *')].filter(isSeen);
    const isSmall = (element) => parseFloat(getComputedStyle(element).fontSize) < 24
        && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const isLow = (element) => element.getBoundingClientRect().height < 60
        && element.matches('.btn, .slot, .day, .utility button, summary, .entries a, .rows a');
    const told = (element) => element.outerHTML.slice(0, 90);
    return [...all.filter(isSmall), ...all.filter(isLow)].map(told);
}"""


@pytest.mark.parametrize("group", EVERYBODY)
def test_axe_finds_nothing_in_either_mode(open_phone, group):
    page = open_phone(bypass_csp=True, reduced_motion="reduce")  # No colour is half-way to another.

    found = {place.name: faults_at(page, place) for place in all_places({group: EVERYBODY[group]})}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_no_page_is_forgotten():
    shown = {place.name.partition(",")[0] for place in all_places(EVERYBODY)}

    assert shown == all_names() - NO_PAGES.keys()


def faults_at(page: Page, place: Place) -> list[str]:
    """What is wrong with one page, as it is and in the dark senior mode."""
    page.emulate_media(color_scheme="light")
    visit(page, place)
    wrong = seen_by_axe(page, {})
    # The server's part of the senior mode is this class: test_senior holds it.
    if page.locator(".utility").count():  # A screen on the wall has no modes.
        page.evaluate("document.documentElement.classList.add('senior')")
        page.emulate_media(color_scheme="dark")
        wrong += seen_by_axe(page, LOOKS) + page.evaluate(TOO_SMALL)
    return wrong


def seen_by_axe(page: Page, options: dict[str, object]) -> list[str]:
    """What breaks the rules, and a page wider than the phone."""
    found = Axe().run(page, options=FAULTS_ONLY | options).response["violations"]
    wrong = [f"{fault['id']}: {node['html'][:90]}" for fault in found for node in fault["nodes"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*wrong, f"{width} pixels wide"] if width > WIDTH else wrong


def visit(page: Page, place: Place) -> Response:
    """Open the page in the session of the place."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    session = place.client.cookies.get(settings.SESSION_COOKIE_NAME)
    if session:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.value}
        page.context.add_cookies([cookie | {"domain": "localhost", "path": "/"}])
    answer = page.goto(place.address)
    assert answer
    assert answer.ok, place
    assert page.url.endswith(place.address), page.url
    return answer
