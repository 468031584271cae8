"""An evidence pack: figures as they were when an observation was submitted. Pure.

A pack is plain JSON with its words in both languages, so that it reads the same for ever whatever
becomes of the ledgers, the wording or the code.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.utils import translation
from django.utils.functional import Promise

PERIOD = timedelta(days=90)
"""How far back the figures go, up to the day before they are drawn."""

BOTH = {"zh": "zh-hans", "en": "en"}

Words: TypeAlias = "dict[str, str]"
Cell: TypeAlias = "str | int | Words | None"


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class EvidenceTable:
    """One table: what it shows, the ledger it was counted from, and the figures.

    A row's first cell names it.
    """

    title: Words
    source: str
    columns: Sequence[Words]
    rows: Sequence[Sequence[Cell]]


def period_before(day: date) -> Period:
    """The days that evidence drawn on `day` covers: whole ones only."""
    return Period(day - PERIOD, day - timedelta(days=1))


def both(text: str | Promise, **facts: object) -> Words:
    """A lazy text in both languages, its placeholders filled."""
    found = {}
    for name, code in BOTH.items():
        with translation.override(code):
            found[name] = str(text) % facts if facts else str(text)
    return found


def pack(
    subject: dict[str, str],
    tables: Sequence[EvidenceTable],
    *,
    version: str,
    period: Period,
    now: datetime,
) -> dict[str, Any]:
    """The tables with whatever is needed to know them again."""
    return {
        "subject": subject,
        "version": version,
        "drawn_at": now.isoformat(timespec="seconds"),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "tables": [
            {
                "title": table.title,
                "source": table.source,
                "columns": list(table.columns),
                "rows": [list(row) for row in table.rows],
            }
            for table in tables
        ],
    }


def fingerprint(pack: dict[str, Any]) -> str:
    """SHA-256 over the pack as canonical JSON: the order of keys does not count."""
    canonical = json.dumps(pack, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
