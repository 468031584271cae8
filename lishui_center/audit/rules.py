"""The hash chain: what a link holds, and where a chain of links breaks."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

START = "0" * 64
"""The hash before the first event of all."""

RETENTION = timedelta(days=365)
"""How long events stay. Source: domain.md, "Law and standards"; the triggers repeat it in SQL."""


@dataclass(frozen=True)
class Link:
    """One sealed event: its content as plain JSON values, and its place in the chain."""

    position: int
    previous_hash: str
    hash: str
    content: Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """What a walk over the chain found; `broken_at` None means that it is whole."""

    broken_at: int | None
    sealed: int
    waiting: int
    waiting_since: datetime | None


def link_hash(content: Mapping[str, object], previous_hash: str) -> str:
    """SHA-256 over the content as canonical JSON, then the hash before it."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((canonical + previous_hash).encode()).hexdigest()


def first_break(links: Iterable[Link], *, after: int = 0, hash_before: str = START) -> int | None:
    """The first position that is missing or whose link does not fit; None for a whole chain.

    `links` come in the order of their positions and begin behind `after`.
    """
    for link in links:
        fits = (
            link.position == after + 1
            and link.previous_hash == hash_before
            and link.hash == link_hash(link.content, hash_before)
        )
        if not fits:
            return after + 1
        after, hash_before = link.position, link.hash
    return None
