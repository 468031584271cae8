"""People's names, as they are typed and as we keep them."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError

NAME_LENGTH = 40


class BadNameError(RuleError):
    """Nothing is left of the text, or too much."""

    code = "bad_name"
    message = _("Please enter the visitor's name, up to 40 characters.")
    status = 400


def clean_name(text: str) -> str:
    """The name as it is kept: composed, single spaces, no control characters.

    Raises:
        BadNameError: nothing is left, or more than 40 characters.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    name = " ".join(visible.split())
    if not name or len(name) > NAME_LENGTH:
        raise BadNameError
    return name
