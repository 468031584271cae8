"""Mainland mobile numbers, as people type them and as we keep them."""

import re
import unicodedata

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError

MOBILE = re.compile(r"1[3-9]\d{9}")
DEMO = re.compile(r"1200000\d{4}")
PREFIX = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")
FILLER = re.compile(r"[\s().\-‐‑–—]")  # the dashes that phones and keyboards insert


class BadPhoneError(RuleError):
    """The text is not a mobile number we could send a message to."""

    code = "bad_phone"
    message = _("Please enter a mobile number of 11 digits, such as 138 0000 0001.")
    status = 400


def normalise_phone(text: str) -> str:
    """The bare 11 digits: "13800000001" from "+86 138-0000-0001" or full-width digits.

    Raises:
        BadPhoneError: no mainland mobile; demo numbers pass only under DEMO_PHONES.
    Source: domain.md, "Law and standards".
    """
    phone = PREFIX.sub("", FILLER.sub("", unicodedata.normalize("NFKC", text)))
    if phone.isascii() and (
        MOBILE.fullmatch(phone) or (settings.DEMO_PHONES and DEMO.fullmatch(phone))
    ):
        return phone
    raise BadPhoneError
