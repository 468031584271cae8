"""Logs: machine-readable, and silent about people."""

import json
import logging

import pytest

from lishui_center.common.logs import line_formatter


@pytest.fixture
def lines():
    """What a production's log holds of everything that happens in the test, as dicts."""
    kept = []

    class Keeper(logging.Handler):
        def emit(self, record):
            kept.append(json.loads(self.format(record)))

    keeper = Keeper()
    keeper.setFormatter(line_formatter(as_json=True))
    root = logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(keeper)
    root.setLevel(level)


def test_writes_an_event_with_its_facts(lines):
    logging.getLogger("services").info("booking.booked", extra={"booking": 7})

    assert {"event": "booking.booked", "booking": 7, "level": "info"}.items() <= lines[0].items()


def test_drops_what_names_a_person(lines):
    logging.getLogger("services").info("told", extra={"phone": "13800000001", "booking": 7})

    assert "13800000001" not in json.dumps(lines)


def test_writes_a_request_without_query_or_address(client, lines):
    client.get("/healthz?t=secret-token", headers={"user-agent": "Her own phone"})

    (line,) = [line for line in lines if line["event"] == "request_finished"]
    assert line["request"] == "GET healthz"
    assert not {"secret-token", "127.0.0.1", "Her own phone"} & set(map(str, line.values()))


def test_gives_the_reason_of_an_exception(lines):
    try:
        1 / 0  # noqa: B018 - only to fail
    except ZeroDivisionError:
        logging.getLogger("services").exception("task.failed")

    assert "ZeroDivisionError" in lines[0]["exception"]
