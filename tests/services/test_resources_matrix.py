"""Who may do what with a resource and its uses: one table for what is allowed and what is not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.rules import Role
from services.lending.messages import use_path
from services.lending.models import Use, UseState
from services.resources.models import Resource, State
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.resources import START, asked, open_resource
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db

OPEN, HIDDEN, SIGN_IN = 200, 404, 302
PEOPLE = ("stranger", "resident", "auditor", "clerk_elsewhere", "clerk", "manager", "admin")
ENTER = {
    "for_kind": "none",
    "purpose": "盘点",
    "first_day": f"{START + timedelta(days=1):%Y-%m-%d}",
    "begins": "10:00",
    "ends": "11:00",
}
SHOW = {"show-reason": "要打电话"}
# act: the answer for each of PEOPLE; 302 of a POST is done, of a stranger the way to sign in.
TABLE = {
    "see the list of venues": (200, 200, 200, 200, 200, 200, 200),
    "see a venue": (200, 200, 200, 200, 200, 200, 200),
    "see the use by its link": (200, 200, 200, 200, 200, 200, 200),
    "see the use without its link": (404, 404, 404, 404, 404, 404, 404),
    "see the directory": (302, 404, 200, 200, 200, 200, 200),
    "see a resource": (302, 404, 200, 200, 200, 200, 200),
    "see a week": (302, 404, 404, 200, 200, 200, 200),
    "see the uses": (302, 404, 404, 200, 200, 200, 200),
    "see a use": (302, 404, 404, 404, 200, 200, 200),
    "see a phone": (302, 404, 404, 404, 200, 200, 200),
    "see a contact": (302, 404, 404, 404, 200, 200, 200),
    "agree": (302, 404, 404, 404, 302, 302, 302),
    "refuse": (302, 404, 404, 404, 302, 302, 302),
    "take back": (302, 404, 404, 404, 302, 302, 302),
    "enter a use": (302, 404, 404, 302, 302, 302, 302),
    "change": (302, 404, 404, 404, 404, 200, 200),
    "retire": (302, 404, 404, 404, 404, 302, 302),
    "close": (302, 404, 404, 404, 404, 200, 200),
    "set the rules": (302, 404, 404, 404, 404, 200, 200),
}
DONE = {
    "agree": lambda: Use.objects.filter(state=UseState.CONFIRMED).exists(),
    "refuse": lambda: Use.objects.filter(state=UseState.REFUSED).exists(),
    "take back": lambda: Use.objects.filter(state=UseState.CANCELLED).exists(),
    "enter a use": lambda: Use.objects.filter(purpose="盘点").exists(),
    "retire": lambda: Resource.objects.filter(state=State.RETIRED).exists(),
}


@pytest.fixture
def use(stop_the_clock):
    stop_the_clock(NOW)
    return asked(open_resource(needs_approval=True))


def client_of(person, centre_id):
    client = Client()
    user = {
        "stranger": lambda: None,
        "resident": UserFactory,
        "auditor": lambda: town_wide(Role.AUDITOR),
        "clerk_elsewhere": lambda: staff_at(centre_id + 1),
        "clerk": lambda: staff_at(centre_id),
        "manager": lambda: staff_at(centre_id, role=Role.CENTRE_MANAGER),
        "admin": lambda: town_wide(Role.TOWN_ADMIN),
    }[person]()
    if user:
        sign_in_staff(client, user)
    return client


def do(client, act, use):
    code, reference = use.resource.code, use.reference
    reason = {"reason": "厅里要修"}

    def get(name, *args):
        return lambda: client.get(reverse(name, args=args))

    def post(name, *args, **sent):
        return lambda: client.post(reverse(name, args=args), sent)

    decide = "staff:use-decide"
    return {
        "see the list of venues": get("venues:list"),
        "see a venue": get("venues:venue", code),
        "see the use by its link": lambda: client.get(use_path(use)),
        "see the use without its link": get("venues:use", reference),
        "see the directory": get("staff:resources"),
        "see a resource": get("staff:resource", code),
        "see a week": get("staff:resource-week", code),
        "see the uses": get("staff:uses"),
        "see a use": get("staff:use", reference),
        "see a phone": post("staff:use-phone", reference, **SHOW),
        "see a contact": post("staff:resource-contact", code, **SHOW),
        "agree": post(decide, reference, act="confirm"),
        "refuse": post(decide, reference, act="refuse", **reason),
        "take back": post(decide, reference, act="withdraw", **reason),
        "enter a use": post("staff:use-enter", code, **ENTER),
        "change": get("staff:resource-edit", code),
        "retire": lambda: _retire(client, use),
        "close": get("staff:resource-part-add", code, "closures"),
        "set the rules": get("staff:lending-policy", use.resource.centre.code),
    }[act]()


def _retire(client, use):
    """With the fingerprint that the preview shows, where there is one."""
    url = reverse("staff:resource-state", args=[use.resource.code, "retired"])
    page = client.get(url)
    shown = page.context["effect"].fingerprint if page.status_code == OPEN else ""
    return client.post(url, {"expected": shown, "reason": "不再外借"})


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_may_do_what_the_table_says(person, use):
    client = client_of(person, use.resource.centre_id)
    place = PEOPLE.index(person)
    for act, answers in TABLE.items():
        Use.objects.filter(pk=use.pk).update(state=UseState.ASKED, decided_by=None)
        Use.objects.exclude(pk=use.pk).delete()
        Resource.objects.update(state=State.AVAILABLE)

        answer = do(client, act, use)

        assert (act, answer.status_code) == (act, answers[place])
        if act in DONE:
            may = answers[place] == SIGN_IN and person != "stranger"
            assert (act, DONE[act]()) == (act, may)
