"""Somebody at a browser of their own, who reads, fills in and presses what is there to see."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from services.dispatching.forms import ACT_NAMES
from services.requests.rules import Act
from tests.browser.walk import button, link, spoken
from tests.factories.photos import picture


class Person:
    """Opens pages by what is written on them; each press waits for the page it leads to."""

    def __init__(self, open_page: Callable[[], Page]) -> None:
        self.open_page = open_page
        self.page = open_page()

    def comes_back(self) -> None:
        """Another day: the old session is over, as staff's is after half an hour."""
        self.page.close()
        self.page = self.open_page()

    def opens(self, name: str, *args: object) -> None:
        """A page by its URL's name: where the way of this person begins."""
        self.page.goto(reverse(name, args=args))

    def follows(self, text: str, context: str = "") -> None:
        """A link by its words in English, whatever the page's language."""
        self._goes_by(link(self.page, text, context))

    def finds(self, words: str) -> None:
        """A link that has these very words in it: a number, a name, a title."""
        self._goes_by(self.page.locator("main").get_by_role("link").filter(has_text=words).first)

    def presses(self, text: str, context: str = "") -> None:
        """A button by its words in English."""
        self._goes_by(button(self.page, text, context))

    def fills(self, *, form: str = "", **values: Any) -> None:
        """Fields by name; `form` is the prefix of the form that they are in."""
        for name, value in values.items():
            self._fill(self.page.locator("main"), f"{form}-{name}" if form else name, value)

    def acts(self, act: Act, **values: Any) -> None:
        """One of the acts on a need's page: unfold it, fill it in, press."""
        with spoken(self.page):
            name = str(ACT_NAMES[act])
        summary = self.page.locator("summary").get_by_text(name, exact=True)
        fold = self.page.locator("details.card").filter(has=summary)
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        for field, value in values.items():
            self._fill(fold, f"{act}-{field}", value)
        self._goes_by(fold.get_by_role("button", name=name, exact=True))

    def reads(self, *texts: str) -> None:
        """The words are on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def _goes_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            way.click()

    def _fill(self, place: Locator, name: str, value: Any) -> None:
        named = place.locator(f'[name="{name}"]')
        if place.locator(f'select[name="{name}"]').count():
            named.select_option(**({"value": value} if isinstance(value, str) else value))
        elif place.locator(f'[name="{name}"][type=file]').count():
            shot = picture((320, 240), colour=value).getvalue()
            named.set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": shot})
        elif value is True:
            named.check()
        elif place.locator(f'[name="{name}"][type=radio]').count():
            place.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            named.fill(value)
