"""How many relatives a person may enter, and which number is free."""

from collections.abc import Collection

MOST_RELATIVES = 5


def free_number(used: Collection[int]) -> int | None:
    """The lowest number that no relative has; None when the family is complete."""
    return next((number for number in range(1, MOST_RELATIVES + 1) if number not in used), None)
