"""Phone numbers as people type them, personal data as others see it, and addresses."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from lishui_center.common.masking import mask_email, mask_name, mask_phone
from lishui_center.common.network import client_address, shorten_address
from lishui_center.common.phones import BadPhoneError, normalise_phone


@pytest.mark.parametrize(
    "text",
    [
        "13812340001",
        "138 1234 0001",
        "138-1234-0001",
        "+86 138 1234 0001",
        "+8613812340001",
        "0086 138-1234-0001",
        "8613812340001",
        "１３８１２３４０００１",
        "（138）1234 0001",
        "\u2068138\u20111234\u20110001\u2069".strip("\u2068\u2069"),
    ],
)
def test_understands(text):
    assert normalise_phone(text) == "13812340001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1381234000",
        "138123400011",
        "12812340001",
        "+44 7911 123456",
        "abc",
        "١٣٨١٢٣٤٠٠٠١",
    ],
)
def test_refuses(text):
    with pytest.raises(BadPhoneError):
        normalise_phone(text)


def test_takes_demo_numbers_only_under_the_switch(settings):
    with pytest.raises(BadPhoneError):
        normalise_phone("12000001234")

    settings.DEMO_PHONES = True
    assert normalise_phone("1200 000 1234") == "12000001234"


@given(st.text())
def test_answers_eleven_digits_or_refuses(text):
    try:
        phone = normalise_phone(text)
    except BadPhoneError:
        return
    assert len(phone) == 11
    assert phone.isascii()
    assert phone.isdigit()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈小怡", "陈*怡"),
        ("陈怡", "陈*"),
        ("陈", "陈"),
        ("欧阳小怡", "欧**怡"),
        ("Ann Lee", "A** L**"),
        ("", ""),
    ],
)
def test_masks_a_name(name, masked):
    assert mask_name(name) == masked


def test_masks_a_phone_and_an_address():
    assert mask_phone("13812340001") == "138****0001"
    assert mask_phone("123") == "***"
    assert mask_email("ann@example.org") == "a***@example.org"
    assert mask_email("nonsense") == "********"


def test_shortens_an_address_to_its_network():
    assert shorten_address("203.0.113.77") == "203.0.113.0"
    assert shorten_address("2001:db8:1:2::3") == "2001:db8:1::"
    assert shorten_address("unknown") == ""


def test_believes_no_forwarded_address_without_a_proxy():
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.1"})

    assert client_address(request) == "127.0.0.1"


def test_believes_what_the_trusted_proxy_saw(settings):
    settings.TRUSTED_PROXIES = 1
    forged_then_seen = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}

    assert client_address(RequestFactory().get("/", headers=forged_then_seen)) == "203.0.113.9"
