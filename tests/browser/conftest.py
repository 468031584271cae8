"""A real browser on a real server: the system's Chromium, as a phone of 360 pixels in Lishui."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from lishui_center.accounts.models import User
from tests.conftest import lacking
from tests.factories.accounts import sign_in_staff
from tests.factories.services import NOW

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
]

# A page that does not come in this time does not come.
PATIENCE_MS = 10_000

# Playwright runs an event loop in the test's thread, by which Django takes the test for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        lacking("Chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 360, "height": 740},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """`page.goto("/book/")` opens the page on the live server."""
    return live_server.url


@pytest.fixture
def wednesday_morning(stop_the_clock: Callable[[datetime], None]) -> None:
    """The server's clock stands at `NOW`; the browser's own goes on."""
    stop_the_clock(NOW)


@pytest.fixture
def open_phone(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """`open_phone(senior=True)`: an empty page in a browser of its own, in Chinese unless told.

    Other keywords are the context's, as `java_script_enabled=False`.
    """
    contexts: list[BrowserContext] = []

    def open_page(*, language: str = "zh-hans", senior: bool = False, **options: Any) -> Page:
        small = {"width": 360, "height": 740}
        context = browser.new_context(**{"base_url": base_url, "viewport": small, **options})
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "senior": "1" if senior else "0"}
        context.add_cookies(
            [{"name": name, "value": value, "url": base_url} for name, value in cookies.items()]
        )
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(open_phone: Callable[..., Page], base_url: str) -> Callable[..., Page]:
    """`open_as(user)`: a browser in which the person is signed in with both factors."""

    def open_page(user: User, **options: Any) -> Page:
        client = Client()
        sign_in_staff(client, user)
        page = open_phone(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}]
        )
        return page

    return open_page
