"""The public results, read a second time: the figures are kept for five minutes."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.projects import project_in
from volunteers.projects.rules import State


def result_places(_town: Town) -> Iterator[Place]:
    """Figures, stories, centres, and the screen on the wall."""
    project_in(State.COMPLETED)
    nobody = Client()
    for name in ("page", "stories", "centres", "wall"):
        address = reverse(f"results:{name}")
        nobody.get(address)
        yield Place(f"results:{name}", nobody, address)
