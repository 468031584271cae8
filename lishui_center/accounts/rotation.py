"""Sealing and hashing everything again with the newest keys.

FIELD_KEYS turn while the site runs: put the new key first, restart, run `manage.py rotate_keys`,
then remove the old one. LOOKUP_KEY has no second place, so that two hashes of one phone can never
stand side by side and slip through a unique constraint: stop the site, change it, run the command.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db.models import CharField, Field, Model

from lishui_center.common.encryption import lookup_hash, reseal, unseal

BATCH = 500
SEALED, HASH, HASH_LENGTH = "_sealed", "_hash", 64
REQUEST = "request_hash"

Row = dict[str, str]


@dataclass
class Progress:
    """How far one table is. `failed` are rows that no key opens."""

    table: str
    seen: int = 0
    changed: int = 0
    failed: int = 0


def rotate_all() -> Iterator[Progress]:
    """Renew the hashes, then every `*_sealed` column of every app; yields after each batch.

    What the newest keys made is left alone, so an interrupted run is simply run again.
    """
    yield from _rotate_hashes()
    for model in apps.get_models():
        yield from _renew(model, _columns(model, _is_sealed), reseal)
    yield _rotate_authenticators()


def _rotate_hashes() -> Iterator[Progress]:
    """Replace each old hash wherever it stands, also where the phone itself does not.

    The columns beside a sealed one go last: they tell an interrupted run what is left to do. The
    hash of a relative without a phone of his own is made of more, and stays: his limits begin anew.
    What hashes a whole request is emptied, so that the old key opens nothing: a replay of one from
    before is refused, and books nothing twice.
    """
    models = apps.get_models()
    hashes = {old: new for model in models for old, new in _outdated(model)}
    if not hashes:
        return
    for model in models:
        yield from _renew(model, _columns(model, _is_request), lambda _: "")
        beside = _hashes_beside(model)
        others = [name for name in _columns(model, _may_hold_hash) if name not in beside]
        yield from _renew(model, others, lambda value: hashes.get(value, value))
    for model in models:
        yield from _renew(model, _hashes_beside(model), lambda value: hashes.get(value, value))


def _outdated(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Each stored hash that another LOOKUP_KEY made, with its new value."""
    for hashed in _hashes_beside(model):
        purpose = hashed.removesuffix(HASH)
        sealed = purpose + SEALED
        for batch in _batches(model, [sealed, hashed]):
            for row in batch:
                try:
                    new = lookup_hash(unseal(row[sealed]), purpose=purpose)
                except InvalidToken:
                    continue  # Counted as failed where the column itself is renewed.
                if row[sealed] and row[hashed] != new:
                    yield row[hashed], new


def _renew(
    model: type[Model], names: Sequence[str], renew: Callable[[str], str]
) -> Iterator[Progress]:
    progress = Progress(model._meta.label)
    for batch in _batches(model, names):
        for row in batch:
            _renew_row(model, row, names, renew, progress)
        yield progress


def _renew_row(
    model: type[Model],
    row: Row,
    names: Sequence[str],
    renew: Callable[[str], str],
    progress: Progress,
) -> None:
    """Change the row only if nobody else did meanwhile."""
    progress.seen += 1
    try:
        new = {name: value for name in names if (value := renew(row[name])) != row[name]}
    except InvalidToken:
        progress.failed += 1
        return
    if new:
        old = {name: row[name] for name in new}
        progress.changed += model._base_manager.filter(pk=row["pk"], **old).update(**new)


def _batches(model: type[Model], names: Sequence[str]) -> Iterator[list[Row]]:
    """The rows' columns in batches, in the order of the primary key."""
    if not names:
        return
    rows = model._base_manager.order_by("pk").values("pk", *names)
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1]["pk"])[:BATCH])


def _columns(model: type[Model], wanted: "Callable[[Field[Any, Any]], bool]") -> list[str]:
    return [field.name for field in model._meta.concrete_fields if wanted(field)]


def _hashes_beside(model: type[Model]) -> list[str]:
    """The hash columns whose text is sealed in the column beside."""
    beside = {sealed.removesuffix(SEALED) + HASH for sealed in _columns(model, _is_sealed)}
    return _columns(model, lambda field: field.name in beside)


def _is_sealed(field: "Field[Any, Any]") -> bool:
    return field.name.endswith(SEALED)


def _is_request(field: "Field[Any, Any]") -> bool:
    return field.name == REQUEST


def _may_hold_hash(field: "Field[Any, Any]") -> bool:
    return isinstance(field, CharField) and field.max_length == HASH_LENGTH and not field.null


def _rotate_authenticators() -> Progress:
    """The secrets inside allauth's JSON: TOTP keys and seeds of recovery codes."""
    progress = Progress(Authenticator._meta.label)
    for authenticator in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        progress.seen += 1
        data = authenticator.data
        try:
            new = {name: reseal(data[name]) for name in ("secret", "seed") if name in data}
        except InvalidToken:
            progress.failed += 1
            continue
        if any(data[name] != value for name, value in new.items()):
            authenticator.data = data | new
            authenticator.save(update_fields=["data"])
            progress.changed += 1
    return progress
