"""The names of the places where roles hold, told by the apps above that own them."""

from collections.abc import Callable, Mapping

from lishui_center.accounts.rules import Scope

Names = Callable[[], Mapping[int, str]]

REGISTERED: dict[str, Names] = {}


def register(scope: Scope, names: Names) -> None:
    """Name the places of a scope; `names` answers {number: name in the page's language}."""
    REGISTERED[scope] = names


def names_by_scope() -> dict[str, Mapping[int, str]]:
    """{scope: {number: name}} of every place that is registered."""
    return {scope: names() for scope, names in REGISTERED.items()}
