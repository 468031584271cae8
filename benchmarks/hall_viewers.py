"""Boards and phones as a process of their own: open streams, and pages that ask again as ours do.

Each viewer does what live.js and htmx do: a line of the stream, or the page's own pause, makes it
ask for its part with the state it shows; lines that come meanwhile make it ask once more.
"""

import asyncio
import random
import re
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass, field

STATE = re.compile(rb"seen=((\d+)-\d+)")
FIRST_LOOK_SECONDS = 5.0
GZIP = 31


@dataclass(frozen=True)
class Watched:
    """A page: its hall, its address, and after how many seconds it asks by itself."""

    hall: str
    path: str
    every_seconds: float


@dataclass(frozen=True)
class Audience:
    """All who watch, for so long."""

    pages: int
    streams: int
    watched: list[Watched]
    seconds: float


@dataclass
class Viewer:
    """One open page: `seen` are (when, the hall's version) of each part it was given."""

    watched: Watched
    seen: list[tuple[float, int]] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    state: str = ""

    async def watch(self, audience: Audience) -> None:
        """Look once, then for ever."""
        woken = asyncio.Event()
        await asyncio.sleep(random.random() * FIRST_LOOK_SECONDS)  # noqa: S311 - no secret
        async with asyncio.TaskGroup() as both:
            both.create_task(self.listen(audience.streams, woken))
            both.create_task(self.look(audience.pages, woken))

    async def listen(self, port: int, woken: asyncio.Event) -> None:
        """Wake the page by each line of the stream."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_request(f"/events/hall/{self.watched.hall}/"))
        while line := await reader.readline():
            if line.startswith(b"data:"):
                woken.set()
        raise ConnectionError(self.watched.hall)

    async def look(self, port: int, woken: asyncio.Event) -> None:
        """Ask for the page's part, whenever woken and now and then."""
        while True:
            status, body = await _ask(port, f"{self.watched.path}seen={self.state}")
            self.answers[status] = self.answers.get(status, 0) + 1
            found = STATE.search(body)
            if found:
                self.state = found[1].decode()
                self.seen.append((time.monotonic(), int(found[2])))
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), self.watched.every_seconds)
            woken.clear()


def watch_all(audience: Audience) -> tuple[list[Viewer], float]:
    """What each viewer saw, and the share of one CPU that this process took."""
    began = time.process_time()
    viewers = [Viewer(watched) for watched in audience.watched]
    asyncio.run(_until_over(viewers, audience))
    return viewers, (time.process_time() - began) / audience.seconds


async def _until_over(viewers: list[Viewer], audience: Audience) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(audience.seconds), asyncio.TaskGroup() as all_of_them:
            for viewer in viewers:
                all_of_them.create_task(viewer.watch(audience))


async def _ask(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of one request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_request(path, "HX-Request: true", "Connection: close"))
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    is_packed = b"content-encoding: gzip" in head.lower()
    return int(head[9:12]), zlib.decompress(body, GZIP) if is_packed else body


def _request(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", *headers]
    return "\r\n".join([*lines, "", ""]).encode()
