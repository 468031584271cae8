"""Telephone and identity numbers in what people write for others to read. Pure.

Source: domain.md, "Law and standards": GB 11643.
"""

import re
import unicodedata

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"

ID_LIKE = re.compile(r"(?<!\d)\d(?:[ \-]?\d){16}[ \-]?[\dXx](?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+?86[ \-]?)?1[3-9]\d(?:[ \-]?\d){8}(?!\d)")
DEMO_PHONE = re.compile(r"(?<!\d)1200000\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ \-]?\d{7,8}(?!\d)")
HIDDEN = "▇▇▇"
BLOT = "\0"
BLOTS = re.compile(f"{BLOT}+")


def is_identity_number(text: str) -> bool:
    """Whether 18 characters carry the check digit of an identity card."""
    digits = re.sub(r"[ \-]", "", text).upper()
    if not re.fullmatch(r"\d{17}[\dX]", digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits[:17], strict=True))
    return CHECK[total % 11] == digits[17]


def has_personal_data(text: str) -> bool:
    """Whether the words name a telephone or an identity number, also in full-width digits."""
    return hide_personal_data(text) != text


def hide_personal_data(text: str) -> str:
    """The words with such numbers blotted out; all the rest is as it was typed."""
    plain = [unicodedata.normalize("NFKC", character) for character in text]
    places = [place for place, characters in enumerate(plain) for _each in characters]
    kept, at = [], 0
    for found in BLOTS.finditer(_blotted("".join(plain))):
        kept += [text[at : places[found.start()]], HIDDEN]
        at = places[found.end() - 1] + 1
    return "".join([*kept, text[at:]])


def _blotted(plain: str) -> str:
    """The same length, with a blot for each character of such a number."""
    plain = ID_LIKE.sub(
        lambda found: BLOT * len(found[0]) if is_identity_number(found[0]) else found[0], plain
    )
    for pattern in (PHONE, DEMO_PHONE, LANDLINE):
        plain = pattern.sub(lambda found: BLOT * len(found[0]), plain)
    return plain
