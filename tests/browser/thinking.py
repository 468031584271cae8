"""The think tank's pages, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff

STAFF = {
    "thinktank-staff:home": [],
    "thinktank-staff:engagements": [],
    "thinktank-staff:engagement": ["term"],
    "thinktank-staff:experts": [],
    "thinktank-staff:expert": ["code"],
    "thinktank-staff:expert-add": [],
    "thinktank-staff:expert-change": ["code"],
    "thinktank-staff:meetings": [],
    "thinktank-staff:meeting": ["meeting"],
    "thinktank-staff:meeting-add": [],
    "thinktank-staff:meeting-change": ["meeting"],
    "thinktank-staff:observations": [],
    "thinktank-staff:return": ["submitted"],
    "thinktank-staff:take-down": ["published"],
    "thinktank-staff:hand-over": ["orphan"],
    "thinktank-staff:recommendations": [],
    "thinktank-staff:answer": ["asked"],
    "thinktank-staff:step-add": ["answered"],
    "thinktank-staff:step-settle": ["step"],
}
OWN = {
    "thinktank:desk": [],
    "thinktank:interests": [],
    "thinktank:write": [],
    "thinktank:draft": ["draft"],
    "thinktank:submit": ["draft"],
    "thinktank:withdraw": ["draft"],
    "thinktank:recommend": ["published"],
    "thinktank:rate": ["answered"],
    "thinktank:meeting": ["meeting"],
    "thinktank:letter": ["term"],
}
PUBLIC = {
    "thinktank:members": [],
    "thinktank:member": ["code"],
    "thinktank:publications": [],
    "thinktank:observation": ["published"],
    "thinktank:recommendation": ["answered"],
}


def think_tank_places(town: Town) -> Iterator[Place]:
    """What everybody reads, and a member's desk."""
    tank = town.tank
    member, colleague = Client(), Client()
    member.force_login(tank.author.user)
    colleague.force_login(tank.colleague.user)
    yield from _each(town, Client(), PUBLIC)
    yield from _each(town, member, OWN)
    advice = f"{reverse('thinktank:publications')}?show=recommendations"
    yield Place("thinktank:publications, advice", Client(), advice)
    checks = reverse("thinktank:verify", args=[tank.keys["answered"]])
    yield Place("thinktank:verify", colleague, checks)


def think_tank_staff_places(town: Town) -> Iterator[Place]:
    """The town's pages."""
    admin = Client()
    sign_in_staff(admin, town.admin)
    yield from _each(town, admin, STAFF)
    waits = reverse("thinktank:observation", args=[town.tank.keys["submitted"]])
    yield Place("thinktank:observation, town", admin, waits)


def _each(town: Town, client: Client, names: dict[str, list[str]]) -> Iterator[Place]:
    for name, keys in names.items():
        yield Place(name, client, reverse(name, args=[town.tank.keys[key] for key in keys]))
