"""The board of needs by keyboard and by dragging, and as it is without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from services.requests.rules import Act, State
from tests.browser.test_keyboard import IS_MARKED
from tests.factories.needs import Desk, report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]

WIDE = {"width": 1700, "height": 900}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def open_board(open_as, desk):
    """`open_board()`: the board of the town's clerk, in English."""

    def open_page(**options):
        page = open_as(desk.clerk, language="en", **{"viewport": WIDE, **options})
        page.goto(reverse("staff:needs-board"))
        return page

    return open_page


def card(page, need):
    return page.locator(f'[data-need="{need.reference}"]')


def column(page, key):
    return page.locator(f'[data-column="{key}"]')


def state_of(need):
    need.refresh_from_db()
    return need.state


def test_arrows_move_the_focus_and_one_card_is_in_the_order_of_tab(open_board, desk):
    first, second = (report(desk.town, phone="", text=f"第{n}件").request for n in (1, 2))
    triaged = desk.need_in("triaged", phone="", text="第三件")
    page = open_board()
    link = card(page, first).locator("> a")

    assert page.locator('[data-need] > a[tabindex="0"]').count() == 1
    expect(link).to_have_attribute("aria-keyshortcuts", "T D")
    link.focus()
    page.keyboard.press("ArrowDown")
    expect(card(page, second).locator("> a")).to_be_focused()
    assert page.evaluate(IS_MARKED)
    page.keyboard.press("ArrowRight")
    expect(card(page, triaged).locator("> a")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card(page, triaged).locator("> a")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(link).to_be_focused()
    page.keyboard.press("End")
    expect(card(page, second).locator("> a")).to_be_focused()
    assert page.locator('[data-need] > a[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/{second.reference}/")


def test_a_letter_takes_a_step_after_a_confirmation(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board()
    card(page, need).locator("> a").focus()

    page.keyboard.press("t")
    expect(column(page, "triaged").get_by_role("button", name="I have read it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page, need).locator("> a")).to_be_focused()
    assert state_of(need) == State.SUBMITTED
    page.keyboard.press("t")
    page.keyboard.press("Enter")

    expect(page.locator("#board-said")).to_contain_text(need.reference)
    expect(column(page, "triaged").locator(f'[data-need="{need.reference}"] > a')).to_be_focused()
    assert state_of(need) == State.TRIAGED


def test_a_letter_whose_step_needs_words_opens_the_form(open_board, desk):
    need = desk.need_in("triaged", phone="")
    page = open_board()
    card(page, need).locator("> a").focus()

    page.keyboard.press("d")

    expect(page.locator("#do-dispatch select")).to_be_visible()
    assert state_of(need) == State.TRIAGED


def test_a_letter_without_a_step_does_nothing(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board()
    card(page, need).locator("> a").focus()

    page.keyboard.press("a")

    expect(page.locator(".board-asks")).to_have_count(0)
    expect(card(page, need).locator("> a")).to_be_focused()


def test_says_that_somebody_else_was_faster(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board()
    desk.do(need, Act.TRIAGE)
    card(page, need).locator("> a").focus()

    page.keyboard.press("t")
    page.keyboard.press("Enter")

    expect(page.locator("#board-said.notice-bad")).to_contain_text("has changed meanwhile")
    expect(column(page, "triaged").locator(f'[data-need="{need.reference}"]')).to_be_visible()


def test_dragging_shows_where_a_card_can_go_and_takes_the_step(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board()
    card(page, need).hover()
    page.mouse.down()
    column(page, "working").hover()
    column(page, "triaged").hover()

    expect(column(page, "triaged")).to_have_attribute("data-drop", "I have read it")
    expect(column(page, "sent")).to_have_attribute("data-drop", "Pass on")
    for shut in ("working", "asked", "confirm"):
        expect(column(page, shut)).to_have_class("no-drop")
    page.mouse.up()
    expect(page.locator(".no-drop, [data-drop]")).to_have_count(0)
    column(page, "triaged").get_by_role("button", name="I have read it").click()

    expect(column(page, "triaged").locator(f'[data-need="{need.reference}"]')).to_be_visible()
    assert state_of(need) == State.TRIAGED


def test_a_drop_that_needs_words_opens_the_form_and_one_elsewhere_does_nothing(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board()

    card(page, need).drag_to(column(page, "confirm"))
    expect(page.locator(".board-asks")).to_have_count(0)
    card(page, need).drag_to(column(page, "sent"))

    expect(page.locator("#do-dispatch select")).to_be_visible()
    assert state_of(need) == State.SUBMITTED


def test_axe_finds_nothing_on_a_wide_board_that_asks(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board(bypass_csp=True, reduced_motion="reduce")
    card(page, need).locator("> a").focus()
    page.keyboard.press("t")
    expect(page.locator(".board-asks")).to_be_visible()

    assert Axe().run(page).response["violations"] == []


def test_without_a_script_the_board_is_a_page_of_links(open_board, desk):
    need = report(desk.town, phone="").request
    page = open_board(java_script_enabled=False)

    expect(page.locator("#board-keys")).to_be_hidden()
    expect(card(page, need).locator(".ways")).to_be_hidden()
    card(page, need).get_by_role("link").click()

    expect(page.get_by_role("heading", name="What happened so far")).to_be_visible()
