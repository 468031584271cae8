"""Doing a transaction once more when it met another one."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 12


def retry_on_conflict(action: Callable[P, T]) -> Callable[P, T]:
    """Run an atomic action again when a constraint or a deadlock turned it down.

    By then the other transaction has committed, so the new run reads what it left and either
    succeeds or refuses with the rule's own words. The last conflict is raised.
    """
    return _retrying(action, None)


def retry_unless(refuse: Callable[P, None]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The same, but before each new run `refuse` gets the arguments and may raise."""

    def decorate(action: Callable[P, T]) -> Callable[P, T]:
        return _retrying(action, refuse)

    return decorate


def _retrying(action: Callable[P, T], refuse: Callable[P, None] | None) -> Callable[P, T]:
    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return action(*args, **kwargs)
            except (IntegrityError, OperationalError) as error:
                if not _is_conflict(error):
                    raise
            if refuse is not None:
                refuse(*args, **kwargs)
        return action(*args, **kwargs)

    return run


def _is_conflict(error: Exception) -> bool:
    deadlock = getattr(error.__cause__, "sqlstate", None) == "40P01"
    return deadlock or isinstance(error, IntegrityError)
