"""To whom needs usually go: rules of the town, some centres' own, and one that has to be mended."""

from datetime import datetime

from lishui_center.accounts.models import User
from lishui_center.demo.places import Network
from lishui_center.demo.teams import TOPICS, team_of
from services.requests.models import Category
from services.requests.targets import CENTRE, TEAM
from services.routing.models import OUTSIDE, OWN, Route

OWN_TEAMS = 6
"""Centres whose own team looks after elderly people and quarrels."""
CREEK, SCHOOL = TOPICS[0][0], TOPICS[2][0]

OF_TOWN: dict[Category, dict[str, str]] = {
    Category.ENVIRONMENT: {"target_kind": OWN},
    Category.PARKING: {"target_kind": OWN},
    Category.FACILITIES: {"target_kind": OWN},
    Category.ELDERS: {"target_kind": OWN},
    Category.WATER: {"target_kind": TEAM, "target_code": CREEK},
    Category.CHILDREN: {"target_kind": TEAM, "target_code": SCHOOL},
    Category.NOISE: {"target_kind": OUTSIDE, "body": "12345"},
}


def make_routes(network: Network, users: dict[str, User], *, now: datetime) -> None:
    """Store them; the last place's team is at rest, so that its rule is broken."""
    common = {"set_at": now, "set_by": users["admin"]}
    routes = [Route(category=about, **target, **common) for about, target in OF_TOWN.items()]
    routes.append(
        Route(
            category=Category.SERVICES,
            target_kind=CENTRE,
            target_code=network.town.code,
            **common,
        )
    )
    own = [(place, about) for place in network.communities[:OWN_TEAMS] for about in _at_door()]
    own.append((network.communities[-1], Category.PARKING))
    routes += [
        Route(
            category=about,
            centre=place,
            target_kind=TEAM,
            target_code=team_of(place),
            **common,
        )
        for place, about in own
    ]
    Route.objects.bulk_create(routes)


def _at_door() -> tuple[Category, ...]:
    return Category.ELDERS, Category.NEIGHBOURS
