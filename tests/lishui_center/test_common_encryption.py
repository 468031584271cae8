"""Sealing, hashing, and keys that turn."""

import pytest
from cryptography.fernet import InvalidToken

from lishui_center.common.encryption import (
    fresh_token,
    lookup_hash,
    reseal,
    seal,
    token_hash,
    unseal,
)

PHONE = "13800000001"


def test_gives_back_what_was_sealed():
    assert unseal(seal("陈小怡")) == "陈小怡"


def test_hides_what_it_seals():
    assert PHONE not in seal(PHONE)
    assert seal(PHONE) != seal(PHONE)


def test_leaves_the_empty_text_empty():
    assert seal("") == unseal("") == reseal("") == ""


def test_fits_a_phone_into_its_column():
    assert len(seal(PHONE)) <= 255


def test_refuses_a_changed_token():
    token = seal(PHONE)

    with pytest.raises(InvalidToken):
        unseal(token[:-2] + ("AA" if token[-2:] != "AA" else "BB"))


def test_opens_with_an_older_key(settings):
    settings.FIELD_KEYS = ["old"]
    token = seal(PHONE)

    settings.FIELD_KEYS = ["new", "old"]

    assert unseal(token) == PHONE


def test_opens_nothing_once_the_key_is_gone(settings):
    settings.FIELD_KEYS = ["old"]
    token = seal(PHONE)

    settings.FIELD_KEYS = ["new"]

    with pytest.raises(InvalidToken):
        unseal(token)


def test_reseals_only_what_an_older_key_sealed(settings):
    settings.FIELD_KEYS = ["old"]
    token = seal(PHONE)
    settings.FIELD_KEYS = ["new", "old"]

    renewed = reseal(token)
    settings.FIELD_KEYS = ["new"]

    assert unseal(renewed) == PHONE
    assert reseal(renewed) == renewed


def test_finds_an_equal_text_by_its_hash():
    assert lookup_hash(PHONE) == lookup_hash(PHONE)
    assert len(lookup_hash(PHONE)) == 64


def test_hashes_by_purpose_and_key(settings):
    before = lookup_hash(PHONE)

    assert lookup_hash(PHONE, purpose="name") != before
    settings.LOOKUP_KEY = "another"
    assert lookup_hash(PHONE) != before


def test_makes_tokens_nobody_guesses():
    first, second = fresh_token(), fresh_token()

    assert first != second
    assert len(first) == 32
    assert token_hash(first) != token_hash(second)
