"""What an export is, how long it is kept, and which texts a spreadsheet would take for formulas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

KEPT_FOR = timedelta(hours=24)
"""A file and its row are removed so long after it was made."""

CLAIM_FOR = timedelta(minutes=2)
"""Longer than a batch of rows, and than closing the largest workbook; a killed worker's export
waits this long."""

MOST_ATTEMPTS = 3
"""An export that kills its worker must not kill every worker for ever."""

EXCEL_ROWS = 1_048_575
"""What a sheet holds below its heading."""

# The full-width signs count as well: a Chinese or Japanese Excel reads them as the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

NO_FILTERS = frozenset({"page", "print", "csrfmiddlewaretoken"})
"""Parameters of a page that do not narrow its list."""


class Format(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"


class State(models.TextChoices):
    """Where an export stands. A claim that expires falls to the next worker."""

    WAITING = "waiting", pgettext_lazy("export", "Waiting")
    RUNNING = "running", pgettext_lazy("export", "Being written")
    DONE = "done", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("export", "Stopped")


OPEN_STATES = (State.WAITING, State.RUNNING)


@dataclass(frozen=True)
class Order:
    """Which list, as what, in which language; `query` is what narrows it, in a fixed order."""

    table: str
    format: Format
    language: str
    query: str


def query_of(params: Mapping[str, str]) -> str:
    """The filters of a page's address, one text for one choice however it was put together."""
    kept = {name: value for name, value in params.items() if value and name not in NO_FILTERS}
    return urlencode(sorted(kept.items()))


def defused(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
