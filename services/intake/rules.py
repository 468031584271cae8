"""Whether two needs look like one. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from rapidfuzz import fuzz, process

LOOKED_BACK = timedelta(days=90)
LOOKED_AT = 500
"""The newest needs of the place and category that are compared."""
SHOWN = 3
ALIKE_FROM = 55
"""Of 100; below it people said of other things, see the tests."""


def most_alike(text: str, others: Sequence[str]) -> list[int]:
    """The places of those in `others` that say nearly the same, the nearest first."""
    found = process.extract(
        text, others, scorer=fuzz.partial_ratio, score_cutoff=ALIKE_FROM, limit=SHOWN
    )
    return [place for _text, _score, place in found]
