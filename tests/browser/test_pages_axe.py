"""Every page in a phone's browser: accessible, no wider than the screen, large in senior mode."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, Response

from tests.browser.activities import activity_places
from tests.browser.hall import hall_places
from tests.browser.lending import lending_places, venue_places
from tests.browser.needing import need_places, need_staff_places
from tests.browser.places import (
    Place,
    all_names,
    public_places,
    resident_places,
    security_places,
    staff_places,
    started_places,
)
from tests.browser.recognition import recognition_places, recognition_staff_places
from tests.browser.results import result_places
from tests.browser.teams import team_places, team_staff_places
from tests.browser.thinking import think_tank_places, think_tank_staff_places
from tests.browser.town import Town
from tests.browser.unseen import NO_PAGES
from tests.browser.volunteering import volunteer_places

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wednesday_morning"),
    pytest.mark.ignore_template_errors,  # allauth's own templates ask for what is not there
]

RESIDENTS = [
    public_places,
    resident_places,
    started_places,
    security_places,
    volunteer_places,
    team_places,
    need_places,
    think_tank_places,
    activity_places,
    recognition_places,
    venue_places,
    result_places,
]
EVERYBODY = [
    *RESIDENTS,
    staff_places,
    hall_places,
    team_staff_places,
    need_staff_places,
    think_tank_staff_places,
    recognition_staff_places,
    lending_places,
]
WIDTH = 360
# What differs between the modes; all else is the same HTML.
LOOKS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}

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


@pytest.mark.parametrize("places", EVERYBODY)
def test_axe_finds_nothing(open_phone, places):
    page = open_phone(bypass_csp=True)

    assert faults(page, places, {}) == {}


@pytest.mark.parametrize("places", EVERYBODY)
def test_axe_finds_nothing_in_the_dark_senior_mode(open_phone, places):
    page = open_phone(bypass_csp=True, senior=True, color_scheme="dark")

    assert faults(page, places, LOOKS) == {}


def test_no_page_is_forgotten():
    town = Town()

    shown = {place.name.partition(",")[0] for places in EVERYBODY for place in places(town)}

    assert shown == all_names() - NO_PAGES.keys()


def faults(page: Page, places, options) -> dict[str, list[str]]:
    """What is wrong, by place."""
    found = {place.name: faults_at(page, place, options) for place in places(Town())}
    return {name: wrong for name, wrong in found.items() if wrong}


def faults_at(page: Page, place: Place, options) -> list[str]:
    """What is wrong with one page."""
    visit(page, place)
    found = Axe().run(page, options=options).response["violations"]
    wrong = [f"{fault['id']}: {node['html'][:90]}" for fault in found for node in fault["nodes"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > WIDTH:
        wrong.append(f"{width} pixels wide")
    if page.locator("html.senior").count():
        wrong += page.evaluate(TOO_SMALL)
    return wrong


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
