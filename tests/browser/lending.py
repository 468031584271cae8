"""The pages of rooms and things to borrow, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from services.lending.messages import use_path
from services.lending.models import Use
from services.resources.models import Resource
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff
from tests.factories.resources import ResourceFactory, asked


def venue_places(town: Town) -> Iterator[Place]:
    """What residents see."""
    hall, use = _hall_in_use(town)
    nobody, resident = Client(), Client()
    resident.force_login(town.resident)
    yield Place("venues:list", nobody, reverse("venues:list"))
    day = "?day=2026-11-27"
    yield Place("venues:venue", nobody, reverse("venues:venue", args=[hall.code]) + day)
    yield Place("venues:use", nobody, use_path(use))
    cancel = reverse("venues:cancel", args=[use.reference])
    yield Place("venues:cancel", nobody, f"{cancel}?t={use.token}")
    yield Place("venues:mine", resident, reverse("venues:mine"))


def lending_places(town: Town) -> Iterator[Place]:
    """What the town's administrator sees."""
    hall, use = _hall_in_use(town)
    admin = Client()
    sign_in_staff(admin, town.admin)
    arguments = {
        "staff:resources": [],
        "staff:resource-add": [],
        "staff:resource": [hall.code],
        "staff:resource-edit": [hall.code],
        "staff:resource-week": [hall.code],
        "staff:resource-state": [hall.code, "resting"],
        "staff:resource-part-add": [hall.code, "closures"],
        "staff:use-enter": [hall.code],
        "staff:uses": [],
        "staff:use": [use.reference],
        "staff:lending-policy": [town.centre.code],
    }
    for name, given in arguments.items():
        yield Place(name, admin, reverse(name, args=given))


def _hall_in_use(town: Town) -> tuple[Resource, Use]:
    hall = ResourceFactory(centre=town.centre, needs_approval=True)
    return hall, asked(hall, phone="13900000031")
