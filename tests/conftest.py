"""What every test can rely on. Parts that a machine lacks are skipped, and missed in CI."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest
from django.core.cache import caches
from django.utils import translation
from redis import Redis
from redis.exceptions import RedisError

from services.catalogue.access import forget_visits

HERE = Path(__file__).parent
MARKED_FOLDERS = {HERE / "browser": "browser", HERE / "races": "race"}
ONCE = ("matrix", "demo", "demo_hall", "exports_lists", "staff_nav")
"""Tests that sweep over everything to ask the code, not the database: one leg hears the answer."""
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def lacking(part: str) -> NoReturn:
    """Skip the test for want of `part`; in CI, where everything must run, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"{part} is missing, and CI runs everything")
    pytest.skip(f"{part} is missing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the folder they live in or by their name, so that nobody can forget to."""
    for item in items:
        if item.path.stem.removeprefix("test_").endswith(ONCE):
            item.add_marker("once")
        for folder, marker in MARKED_FOLDERS.items():
            if folder in item.path.parents:
                item.add_marker(marker)


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """No test sees the cache or the language that another one left behind."""
    for kept in caches.all():
        kept.clear()
    forget_visits()
    yield
    translation.deactivate()


@pytest.fixture
def redis_url() -> Iterator[str]:
    """An empty Redis database; TEST_REDIS_URL names another one than number 15."""
    redis = Redis.from_url(REDIS_URL, socket_connect_timeout=1)
    try:
        redis.flushdb()
    except RedisError:
        lacking("Redis")
    with redis:
        yield REDIS_URL
        redis.flushdb()


@pytest.fixture
def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`stop_the_clock(moment)`: pages, which ask for the time themselves, get that one."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
