"""40 boards and 500 phones on one machine while people are called: how soon they show it."""

import multiprocessing
import os
import random
from bisect import bisect_left
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import quantiles

from benchmarks import databases, hall_scene, report
from benchmarks.hall_clerks import Calls, Shift, call_all
from benchmarks.hall_history import fill_queues
from benchmarks.hall_viewers import Audience, Viewer, Watched, watch_all
from benchmarks.processes import gunicorn, serving, uvicorn
from benchmarks.run import Session
from services.windows.models import WindowSession

BOARDS, PHONES_EACH = 40, 10
CALLS_A_MINUTE = 200
IN_TOWN = 10
"""Of fifty windows that call, so many are in the town's own hall; ten phones watch each."""
WAITING_EACH = 60
BOARD_SECONDS, PHONE_SECONDS = 5.0, 15.0
SETTLE_SECONDS, LAST_SECONDS = 12.0, 5.0
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"


@dataclass(frozen=True)
class Place:
    """A window that calls: its hall, its queue, and its clerk's session."""

    hall: str
    pool_id: int
    cookie: str


def choose_places() -> list[Place]:
    """A window of each village's hall, and some of the town's."""
    rows = WindowSession.objects.order_by("pk").select_related("clerk", "window__centre")
    town = [row for row in rows if row.window.centre.code == "town"]
    others = {row.window.centre_id: row for row in rows if row.window.centre.code != "town"}
    return [
        Place(row.window.centre.code, row.window.pool_id, hall_scene.session_of(row.clerk))
        for row in [*town[:: len(town) // IN_TOWN][:IN_TOWN], *others.values()]
    ]


def measure(session: Session, places: list[Place]) -> None:
    """With Redis, and with nothing but the database's version of each hall."""
    for name, redis in (("through Redis", REDIS_URL), ("without Redis", "")):
        url = databases.copy(session.base, "live")
        try:
            fill_queues(url, [place.pool_id for place in places], WAITING_EACH, ("", ""))
            row = _watch(session, url, redis, places)
        finally:
            databases.drop(url)
        row = {"scenario": f"calls shown, {name}", **row}
        session.keep([row], report.of_live(row), report.line(row))


def _watch(session: Session, url: str, redis: str, places: list[Place]) -> dict[str, object]:
    """The servers of production; viewers in one process, clerks in another."""
    seconds = 20.0 if session.is_quick else 60.0
    env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": redis}
    shuffled = random.Random(1).sample(places, len(places))  # noqa: S311 - repeatable on purpose
    cookies = [place.cookie for place in shuffled]
    with ExitStack() as stack:
        pages = stack.enter_context(serving(gunicorn(), log=session.folder / "pages.log", env=env))
        log = session.folder / "streams.log"
        streams = stack.enter_context(serving(uvicorn(), log=log, env=env))
        processes = stack.enter_context(
            ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
        )
        whole = SETTLE_SECONDS + seconds + LAST_SECONDS
        audience = Audience(pages.port, streams.port, _watched(places), whole)
        watching = processes.submit(watch_all, audience)
        shift = Shift(
            pages.port,
            cookies,
            seconds,
            round(seconds * CALLS_A_MINUTE / 60),
            every_seconds=60 / CALLS_A_MINUTE,
            after_seconds=SETTLE_SECONDS,
        )
        calls = processes.submit(call_all, shift).result()
        viewers, share = watching.result()
    return _row(viewers, share, calls, [place.hall for place in shuffled])


def _watched(places: list[Place]) -> list[Watched]:
    """The last of each queue by phone, and a board in all halls but one."""
    phones = [
        Watched(place.hall, f"/place/wait-{place.pool_id}-{WAITING_EACH - n}/?", PHONE_SECONDS)
        for place in places
        for n in range(PHONES_EACH)
    ]
    halls = list(dict.fromkeys(place.hall for place in places))[:BOARDS]
    boards = [Watched(hall, f"/queue/{hall}/board/?pools=&", BOARD_SECONDS) for hall in halls]
    return phones + boards


def _row(viewers: list[Viewer], share: float, calls: Calls, halls: list[str]) -> dict[str, object]:
    """Seconds from the clerk's key to the part with the call in it, for each viewer of the hall."""
    waits, lost = [], 0
    for index, version, pressed in calls.made:
        for viewer in viewers:
            if viewer.watched.hall != halls[index]:
                continue
            first = bisect_left(viewer.seen, version, key=lambda seen: seen[1])
            if first == len(viewer.seen):
                lost += 1
            else:
                waits.append(viewer.seen[first][0] - pressed)
    cuts = quantiles(waits, n=100)
    answers = [viewer.answers for viewer in viewers]
    return {
        "streams": len(viewers),
        "calls": len(calls.made),
        "refused": len(calls.made) - calls.outcome.statuses[200],
        "parts": sum(each.get(200, 0) for each in answers),
        "unchanged": sum(each.get(204, 0) for each in answers),
        "shown": len(waits),
        **{f"p{n}_ms": round(cuts[n - 1] * 1000, 1) for n in (50, 95, 99)},
        "lost": lost,
        "client_cpu_share": round(share, 2),
    }
