"""Clerks as a process of their own: each calls the next person over HTTP, as the console does."""

import http.client
import re
import time
from dataclasses import dataclass, field

from benchmarks.load import Outcome

PRESENT = re.compile(
    rb'name="ticket" value="(\d+)">\s*<input type="hidden" name="version" value="(\d+)"'
)
STATE = re.compile(rb"seen=(\d+)-\d+")
CSRF = "a" * 32
REFUSED = 409


@dataclass(frozen=True)
class Shift:
    """Who calls and how fast: `cookies` are sessions of clerks, one after the other.

    `most` calls in `seconds`; `every_seconds` one, beginning `after_seconds`.
    """

    port: int
    cookies: list[str]
    seconds: float
    most: int
    every_seconds: float = 0.0
    after_seconds: float = 0.0


@dataclass
class Calls:
    """(index of the clerk, the hall's version after it, when the key was pressed) of each call."""

    made: list[tuple[int, int, float]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


@dataclass
class Clerk:
    """One signed-in browser."""

    server: http.client.HTTPConnection
    cookie: str
    present: dict[str, str] = field(default_factory=dict)

    def call(self) -> tuple[int, int]:
        """Finish with whoever is here and call the next; the status, and the hall's version.

        A page that shows the same person as before counts as refused.
        """
        act, body = ("next", self.present) if self.present else ("call", {})
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        sent = "&".join(f"{name}={value}" for name, value in body.items())
        self.server.request("POST", f"/staff/console/{act}/", sent, headers)
        answer = self.server.getresponse()
        page = answer.read()
        found, state = PRESENT.search(page), STATE.search(page)
        if found is None or state is None or found[1].decode() == self.present.get("ticket"):
            return REFUSED if answer.status == http.HTTPStatus.OK else answer.status, 0
        self.present = {"ticket": found[1].decode(), "version": found[2].decode()}
        return answer.status, int(state[1])


def call_all(shift: Shift) -> Calls:
    """Call until the time or the calls are used up."""
    calls = Calls()
    server = http.client.HTTPConnection("127.0.0.1", shift.port, timeout=30)
    clerks = [Clerk(server, cookie) for cookie in shift.cookies]
    time.sleep(shift.after_seconds)
    began, cpu_began = time.monotonic(), time.process_time()
    for number in range(shift.most):
        pressed = time.monotonic()
        if pressed - began >= shift.seconds:
            break
        index = number % len(clerks)
        status, version = clerks[index].call()
        calls.outcome.latencies.append(time.monotonic() - pressed)
        calls.outcome.statuses[status] += 1
        calls.made.append((index, version, pressed))
        time.sleep(max(0.0, began + (number + 1) * shift.every_seconds - time.monotonic()))
    calls.outcome.elapsed = time.monotonic() - began
    calls.outcome.cpu = time.process_time() - cpu_began
    return calls
