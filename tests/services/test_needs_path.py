"""A need from its report to its end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lishui_center.notifications.models import Notification
from services.requests.models import RequestEvent, ServiceRequest
from services.requests.rules import Act, State
from services.tracking.messages import track_path
from tests.factories.accounts import sign_in_staff
from tests.factories.needs import PHONE, Desk, report
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(stop_the_clock):
    stop_the_clock(NOW)
    return Desk()


def test_walks_from_the_residents_form_to_closed(client, desk):
    typed = {
        "category": "parking",
        "text": "村口长期有车停在消防通道上",
        "centre": "town",
        "phone": PHONE,
    }

    page = client.post(reverse("needs:new"), typed, follow=True)

    need = ServiceRequest.objects.get()
    link = page.redirect_chain[-1][0]
    assert need.reference == "S2611250001"
    assert need.reference in page.content.decode()
    staff, village = Client(), Client()
    sign_in_staff(staff, desk.clerk)
    sign_in_staff(village, desk.village_clerk)
    act_on(staff, need, Act.TRIAGE, category="parking")
    act_on(staff, need, Act.DISPATCH, target=f"centre:{desk.village.code}")
    act_on(village, need, Act.ACCEPT)
    act_on(village, need, Act.START)
    act_on(village, need, Act.RESOLVE, note="已劝离并划线")
    assert "已劝离并划线" in client.get(link).content.decode()

    answer = client.post(
        link.replace("?", "answer/?"), {"solved": "yes", "satisfaction": "5"}, follow=True
    )

    assert answer.status_code == 200
    act_on(village, need, Act.CLOSE)
    check_the_end(need, desk, link)


def check_the_end(need, desk, link):
    need.refresh_from_db()
    assert (need.state, need.responsible) == (State.CLOSED, desk.village)
    acts = " ".join(RequestEvent.objects.values_list("act", flat=True))
    assert acts == "submit triage dispatch accept start resolve confirm close"
    told = Notification.objects.filter(phone_hash__gt="", kind__startswith="need_")
    kinds = {"need_received", "need_accepted", "need_resolved", "need_step"}
    assert kinds <= set(told.values_list("kind", flat=True))
    assert link == track_path(need.followers.get())


def act_on(client, need, act, **given):
    """Send the act's form as the page shows it."""
    need.refresh_from_db()
    page = client.get(reverse("staff:need", args=[need.reference]))
    address = reverse("staff:need-act", args=[need.reference, act.value])
    assert address in page.content.decode()
    fields = {"version": need.version, **given}
    answer = client.post(address, {f"{act.value}-{name}": value for name, value in fields.items()})
    assert answer.status_code == 302, answer.content.decode()


def test_a_joined_need_tells_one_story_in_its_order(client, desk):
    kept, twin = desk.need_in("triaged"), report(desk.town, phone="13900000002")
    later = NOW + timedelta(hours=1)
    desk.do(twin.request, Act.MERGE, into=kept.reference, by=desk.clerk, now=later)
    desk.do(kept, Act.DISPATCH, note="派给村里", now=later + timedelta(hours=1))
    twin.refresh_from_db()

    page = client.get(track_path(twin))

    told = [line["at"] for line in page.context["events"]]
    assert len(told) == 5
    assert told == sorted(told)
    assert page.context["events"][-1]["note"] == "派给村里"
