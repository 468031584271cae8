"""What people write in their own words; pure."""

import unicodedata


def clean_words(text: str) -> str:
    """The text as it is kept: composed, and without control characters but line breaks."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(
        character
        for character in composed
        if character == "\n" or not unicodedata.category(character).startswith("C")
    ).strip()
