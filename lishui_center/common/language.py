"""The two languages of the data: rows carry `_zh` and `_en` columns."""

from django.utils.translation import get_language


def in_language(chinese: str, english: str) -> str:
    """The text in the active language; Chinese when there is no English."""
    if english and (get_language() or "").startswith("en"):
        return english
    return chinese
