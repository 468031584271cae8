"""All pages there are, in groups that share a town: making one takes longer than looking at ten."""

from collections.abc import Callable, Iterator

from tests.browser.activities import activity_places
from tests.browser.hall import hall_places
from tests.browser.lending import lending_places, venue_places
from tests.browser.needing import need_places, need_staff_places
from tests.browser.places import (
    Place,
    public_places,
    resident_places,
    security_places,
    staff_places,
    started_places,
)
from tests.browser.recognition import recognition_places, recognition_staff_places
from tests.browser.results import result_places
from tests.browser.teams import team_places, team_staff_places
from tests.browser.thinking import think_tank_places, think_tank_staff_places
from tests.browser.town import Town
from tests.browser.volunteering import volunteer_places

Places = Callable[[Town], Iterator[Place]]

RESIDENTS: dict[str, list[Places]] = {
    "bookings": [public_places, resident_places, started_places],
    "volunteers": [volunteer_places, team_places, activity_places, recognition_places],
    "town": [need_places, think_tank_places, venue_places, result_places],
}
STAFF: dict[str, list[Places]] = {
    "security": [security_places],
    "hall": [staff_places, hall_places],
    "office": [
        team_staff_places,
        need_staff_places,
        think_tank_staff_places,
        recognition_staff_places,
        lending_places,
    ],
}
EVERYBODY = RESIDENTS | STAFF


def all_places(groups: dict[str, list[Places]]) -> Iterator[Place]:
    """The places of the groups, in one new town."""
    town = Town()
    for group in groups.values():
        for places in group:
            yield from places(town)
