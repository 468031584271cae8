"""What a clerk says of one service of a visit, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LineOutcome:
    """How one service ended.

    `documents` are the keys of the required documents that are missing, `other` what is missing
    beyond the catalogue, in the clerk's words.
    """

    outcome: str
    documents: Sequence[int] = ()
    other: str = ""
