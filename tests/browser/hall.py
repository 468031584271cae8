"""The pages of the hall, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from services.halls.access import kiosk_token
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import sign_in_staff


def hall_places(town: Town) -> Iterator[Place]:
    """What people see in the hall and on the way there, and what clerks see at their windows."""
    nobody = Client()
    token, code = kiosk_token(town.centre), town.centre.code
    kiosk = reverse("kiosk:kiosk", args=[token])
    addresses = {
        "kiosk:kiosk": kiosk,
        "kiosk:kiosk, pool": f"{kiosk}?pool={town.offering.pool.code}",
        "kiosk:slip": reverse("kiosk:slip", args=[token, town.waiting.secret]),
        "boards:board": reverse("boards:board", args=[code]),
        "tickets:from-afar": reverse("tickets:from-afar", args=[code]),
        "tickets:place": reverse("tickets:place", args=[town.waiting.secret]),
        "tickets:place, called": reverse("tickets:place", args=[town.ticket.secret]),
        "tickets:place, missed": reverse("tickets:place", args=[town.missed.secret]),
        "tickets:place, documents missing": reverse("tickets:place", args=[town.lacking.secret]),
    }
    for name, address in addresses.items():
        yield Place(name, nobody, address)
    for kind, clerk in {"busy": town.clerk, "idle": town.idle_clerk}.items():
        client = Client()
        sign_in_staff(client, clerk)
        yield Place(f"staff:console, {kind}", client, reverse("staff:console"))
    admin = Client()
    sign_in_staff(admin, town.admin)
    yield Place("staff:console", admin, f"{reverse('staff:console')}?centre={code}")
    yield Place("staff:hall", admin, f"{reverse('staff:hall')}?centre={code}")
    yield Place("staff:hall, which", admin, reverse("staff:hall"))
    yield Place("staff:hall-slip", admin, reverse("staff:hall-slip", args=[town.waiting.pk]))
    yield Place("staff:notice", admin, reverse("staff:notice", args=[town.lacking.pk]))
    yield Place("staff:hall-settings", admin, reverse("staff:hall-settings", args=[code]))
