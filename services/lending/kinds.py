"""What a use can be for: apps above say how a code of theirs is looked up, in `AppConfig.ready`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from services.lending.errors import CodeMissingError, UnknownCodeError
from services.lending.models import CODE_LENGTH, NAMED, ForKind, Use


@dataclass(frozen=True)
class Target:
    """What a use is for, as a page shows it; without an address there is nothing to open."""

    title: str
    url: str = ""


Lookup: TypeAlias = Callable[[Collection[str]], Mapping[str, Target]]
"""Answers {code: Target} for the codes that exist."""

_lookups: dict[str, Lookup] = {}


def register(kind: ForKind, lookup: Lookup) -> None:
    """Let uses be for things of `kind` that exist."""
    _lookups[kind] = lookup


def checked_code(kind: str, code: str) -> str:
    """The code as it is kept; of a kind that nobody registered it is taken as typed.

    Raises:
        CodeMissingError, UnknownCodeError
    """
    if kind not in NAMED:
        return ""
    code = code.strip()
    if not code or len(code) > CODE_LENGTH:
        raise CodeMissingError
    if kind in _lookups and code not in _lookups[kind]([code]):
        raise UnknownCodeError(code=code)
    return code


def target_of(given: Mapping[str, str]) -> Target | None:
    """What `for_kind` and `for_code` name, or None."""
    kind, code = given.get("for_kind", ""), given.get("for_code", "")
    return _lookups[kind]([code]).get(code) if code and kind in _lookups else None


def targets_of(uses: Iterable[Use]) -> dict[int, Target]:
    """{use id: what it is for}, one question for each kind."""
    by_kind: dict[str, dict[str, list[int]]] = {}
    for use in uses:
        if use.for_code:
            by_kind.setdefault(use.for_kind, {}).setdefault(use.for_code, []).append(use.pk)
    found = {}
    for kind, codes in by_kind.items():
        known = _lookups[kind](list(codes)) if kind in _lookups else {}
        for code, pks in codes.items():
            target = known.get(code) or Target(code)
            found.update(dict.fromkeys(pks, target))
    return found
