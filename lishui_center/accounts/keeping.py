"""Why an account stays that nobody has signed in to yet, told by the apps above."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

Kept = Callable[[], "QuerySet[Any, Any]"]

REASONS: dict[str, Kept] = {}


def register(name: str, kept: Kept) -> None:
    """Keep the accounts whose numbers `kept` answers, such as members entered from a list."""
    REASONS[name] = kept
