"""The staff's pages of resources and uses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.common.encryption import seal, unseal
from services.lending.models import LendingPolicy, Use, UseState
from services.resources.models import Kind, Resource, ResourceClosure, ResourceHours, State
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.projects import project_in
from tests.factories.resources import START, ResourceFactory, asked, open_resource
from tests.factories.services import NOW
from volunteers.projects.rules import State as ProjectState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
SATURDAY = f"{START + timedelta(days=1):%Y-%m-%d}"


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def hall(client):
    hall = open_resource(needs_approval=True)
    manager = staff_at(hall.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, manager)
    return hall


def page(client, name, *args, **query):
    return client.get(reverse(f"staff:{name}", args=args), query).content.decode()


def send(client, name, *args, **sent):
    return client.post(reverse(f"staff:{name}", args=args), sent)


def test_finds_who_has_a_projector_on_saturday_evening(client, hall):
    here = ResourceFactory(kind=Kind.EQUIPMENT, name_zh="投影仪甲")
    taken = ResourceFactory(kind=Kind.EQUIPMENT, name_zh="投影仪乙", capacity=1)
    asked(taken, start=START + timedelta(days=1, hours=8), phone="13900000007")
    wanted = {"q": "投影仪", "day": SATURDAY, "begins": "18:00", "ends": "20:00"}

    found = page(client, "resources", **wanted)

    assert here.name_zh in found
    assert taken.name_zh not in found
    assert hall.name_zh not in found
    assert f"first_day={SATURDAY}" in found


def test_makes_and_changes_a_resource(client, hall):
    given = {
        "code": "town-tent",
        "kind": "equipment",
        "centre": hall.centre_id,
        "name_zh": "帐篷",
        "capacity": "6",
        "contact": "13900000005",
    }
    assert send(client, "resource-add", **given).status_code == 302
    tent = Resource.objects.get(code="town-tent")
    assert unseal(tent.contact_sealed) == "13900000005"
    assert not Event.objects.filter(facts__icontains="sealed").exists()

    send(client, "resource-edit", tent.code, **{**given, "contact": "", "capacity": "5"})

    tent.refresh_from_db()
    assert (tent.capacity, unseal(tent.contact_sealed)) == (5, "13900000005")


def test_a_manager_makes_none_for_another_centre_or_the_town(client, hall):
    given = {"code": "x", "kind": "venue", "name_zh": "厅", "capacity": "6"}

    for centre in ("", hall.centre_id + 1):
        assert send(client, "resource-add", centre=centre, **given).status_code == 422


def test_resting_shows_the_uses_first_then_takes_them_back(client, hall):
    use = asked(hall)
    url = reverse("staff:resource-state", args=[hall.code, "resting"])
    shown = client.get(url)
    assert use.reference in shown.content.decode()
    expected = shown.context["effect"].fingerprint

    assert client.post(url, {"expected": expected}).status_code == 409
    assert client.post(url, {"reason": "修屋顶"}).status_code == 409
    assert client.post(url, {"expected": expected, "reason": "修屋顶"}).status_code == 302

    use.refresh_from_db()
    assert (use.state, use.note) == (UseState.CANCELLED, "修屋顶")
    assert Resource.objects.get(pk=hall.pk).state == State.RESTING


def test_closing_it_for_a_time_asks_only_where_a_use_is_touched(client, hall):
    use = asked(hall)
    closure = {"begins": "09:00", "ends": "23:59", "reason_zh": "消毒"}
    args = ("resource-part-add", hall.code, "closures")

    assert send(client, *args, first_day=SATURDAY, **closure).status_code == 302
    friday = {**closure, "first_day": f"{START:%Y-%m-%d}"}
    answer = send(client, *args, **friday)
    assert (answer.status_code, ResourceClosure.objects.count()) == (409, 1)
    assert use.reference in answer.content.decode()
    expected = answer.context["effect"].fingerprint
    send(client, *args, expected=expected, reason="消毒", **friday)

    assert ResourceClosure.objects.count() == 2
    removed = ResourceClosure.objects.first()
    send(client, "resource-part-remove", hall.code, "closures", removed.pk)
    assert ResourceClosure.objects.count() == 1


def test_gives_it_hours_of_its_own(client, hall):
    given = {"weekdays": ["6", "7"], "opens": "18:00", "closes": "21:00"}

    assert send(client, "resource-part-add", hall.code, "hours", **given).status_code == 302

    assert ResourceHours.objects.get().weekdays == "67"
    assert "18:00" in page(client, "resource", hall.code)


def test_decides_with_a_reason_that_the_person_reads(client, hall):
    use = asked(hall)
    assert use.reference in page(client, "uses")

    assert send(client, "use-decide", use.reference, act="refuse", reason="").status_code == 422
    send(client, "use-decide", use.reference, act="refuse", reason="当天有会")

    use.refresh_from_db()
    assert (use.state, use.note) == (UseState.REFUSED, "当天有会")
    assert use.reference not in page(client, "uses")
    assert use.reference in page(client, "uses", show="past")


def test_shows_a_phone_or_contact_for_a_reason_only(client, hall):
    use = asked(hall)
    Resource.objects.update(contact_sealed=seal("李主任 13900000005"))
    assert "13900000001" not in page(client, "use", use.reference)
    assert send(client, "use-phone", use.reference).status_code == 422

    shown = send(client, "use-phone", use.reference, **{"show-reason": "确认人数"})
    contact = send(client, "resource-contact", hall.code, **{"show-reason": "要钥匙"})

    assert "13900000001" in shown.content.decode()
    assert "李主任" in contact.content.decode()
    assert Event.objects.filter(action="personal.unmasked").count() == 2


def test_enters_a_use_and_gives_it_up(client, hall):
    project = project_in(ProjectState.ACTIVE)
    given = {
        "for_kind": "project",
        "for_code": project.code,
        "purpose": "项目推进会",
        "first_day": SATURDAY,
        "begins": "10:00",
        "ends": "12:00",
    }
    assert send(client, "use-enter", hall.code, **{**given, "ends": "09:00"}).status_code == 422
    assert send(client, "use-enter", hall.code, **given).status_code == 302
    use = Use.objects.get()
    assert project.title in page(client, "use", use.reference)

    send(client, "use-give-up", use.reference)

    use.refresh_from_db()
    assert use.state == UseState.CANCELLED


def test_the_week_shows_who_has_it(client, hall):
    use = asked(hall)

    assert use.reference in page(client, "resource-week", hall.code)
    assert page(client, "resource-week", hall.code, week="2999-12-31")


def test_sets_what_residents_may_ask_for(client, hall):
    given = {"max_hours": 3, "max_open": 1, "lead_hours": 48, "days_ahead": 20}

    assert send(client, "lending-policy", hall.centre.code, **given).status_code == 302
    assert LendingPolicy.objects.get().terms.lead_hours == 48
    assert send(client, "lending-policy", hall.centre.code, days_ahead=99).status_code == 422


def test_lists_many_with_the_queries_of_one(client, hall):
    asked(hall)
    page(client, "resources")  # Its session is kept awake once a minute.
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            page(client, "resources", day=SATURDAY)
            page(client, "uses")
            page(client, "resource", hall.code)
            page(client, "resource-week", hall.code)
        counts.append(len(seen))
        if not turn:
            ResourceFactory.create_batch(5)
            for hour in (3, 6):
                asked(hall, start=START + timedelta(hours=hour), phone=f"1390000020{hour}")

    assert counts[0] == counts[1]


def test_what_it_is_for_goes_along_from_the_search_to_the_form(client, hall):
    code = project_in(ProjectState.ACTIVE).code
    given = {"for_kind": "project", "for_code": code}

    found = page(client, "resources", **given, day=SATURDAY)

    assert f'value="{code}"' in found
    query = f"?for_kind=project&amp;for_code={code}&amp;first_day={SATURDAY}"
    assert reverse("staff:use-enter", args=[hall.code]) + query in found
    assert f'value="{code}"' in page(client, "use-enter", hall.code, **given)
