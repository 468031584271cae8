"""The pages of needs, each with somebody who may see it."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from services.resolution.rollup import roll_up
from services.tracking.messages import track_path
from tests.browser.places import Place
from tests.browser.town import DAY, Town
from tests.factories.accounts import sign_in_staff
from tests.factories.needs import Desk, report
from tests.factories.photos import photo_of
from tests.factories.services import NOW


def need_places(town: Town) -> Iterator[Place]:
    """What residents see of needs: reporting one, looking, answering."""
    desk = Desk()
    asked = desk.need_in("waiting_resident", text="河涌发臭", photos=[photo_of()])
    done = desk.need_in("resolved_claimed", user=town.resident, phone="")
    held = report(town.centre, text="请打13800000009", phone="13800000007")
    nobody, resident = Client(), Client()
    resident.force_login(town.resident)
    link = track_path(done.followers.get())
    yield Place("needs:new", nobody, reverse("needs:new"))
    yield Place("needs:new, resident", resident, reverse("needs:new"))
    yield Place("needs:track", nobody, link)
    yield Place("needs:track, asked", nobody, track_path(asked.followers.get()))
    yield Place("needs:track, held", nobody, track_path(held))
    yield Place("needs:feedback", nobody, link.replace("?", "answer/?"))
    yield Place("needs:mine", resident, reverse("needs:mine"))
    yield Place("needs:mine, nobody", nobody, reverse("needs:mine"))


def need_staff_places(town: Town) -> Iterator[Place]:
    """What the desk sees: the board, one need in each hand, the rates."""
    desk = Desk()
    needs = [desk.need_in(state, phone="") for state in ("submitted", "in_progress", "declined")]
    done = desk.need_in("resolved_claimed", photos=[photo_of()])
    held = report(town.centre, text="请打13800000009", phone="13800000007").request
    roll_up(first=DAY, last=DAY, now=NOW)
    admin = Client()
    sign_in_staff(admin, town.admin)
    for name in ("needs-board", "needs", "need-new", "need-rates", "need-deadlines"):
        yield Place(f"staff:{name}", admin, reverse(f"staff:{name}"))
    for need in (*needs, held):
        page = reverse("staff:need", args=[need.reference])
        yield Place(f"staff:need, {need.reference}", admin, page)
    yield Place("staff:need", admin, reverse("staff:need", args=[done.reference]))
    yield Place("staff:need-call", admin, reverse("staff:need-call", args=[done.reference]))
    yield Place("staff:need-rate", admin, reverse("staff:need-rate", args=["resolution"]))
