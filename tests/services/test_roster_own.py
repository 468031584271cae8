"""What each person sees and does of the roster: my shifts, leave, swaps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lishui_center.accounts import privacy
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.roster.models import Leave, LeaveState, SwapRequest, SwapState
from services.roster.swaps import ask_swap
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.roster import asked_leave, hours, manager_at, open_windows, planned
from tests.factories.services import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def window():
    return open_windows(now=timezone.now())[0]


@pytest.fixture
def staff(client, window):
    user = staff_at(window.centre_id, display_name="黎志明")
    sign_in_staff(client, user)
    return user


def tomorrow():
    return today(timezone.now()) + timedelta(days=1)


def on_duty(window, staff=None, times=None, **fields):
    fields.setdefault("day", tomorrow())
    return planned(window, staff, times, now=timezone.now(), **fields)


def my_shifts(client):
    return client.get(reverse("staff:my-shifts")).content.decode()


def test_shows_my_shifts_and_nobody_elses(client, window, staff):
    on_duty(window, staff, hours("09:00", "15:00"))
    on_duty(window, times=hours("15:00", "21:00"))

    page = my_shifts(client).replace("\u2060", "")

    assert "09:00-15:00" in page
    assert "15:00-21:00" not in page


def test_takes_as_many_queries_for_twelve_as_for_one(client, window, staff):
    my_shifts(client)
    counts = []

    for numbers in (range(1), range(1, 12)):
        for number in numbers:
            on_duty(window, staff, hours(f"{9 + number:02d}:00", f"{9 + number:02d}:45"))
        with CaptureQueriesContext(connection) as queries:
            page = my_shifts(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert page.count('scope="row"') == 12


def test_my_shifts_fit_into_a_calendar(client, window, staff):
    shift = on_duty(window, staff, hours("09:00", "15:00", ("12:00", "12:30")))

    answer = client.get(reverse("staff:my-shifts-calendar"))

    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["uid"] == f"shift-{shift.pk}@testserver"
    assert event["sequence"] == 1
    assert event["summary"] == "值班：1号窗口"
    assert event["dtstart"].dt == shift.starts_at
    assert event["description"] == "12:00至12:30休息"


def test_asks_for_leave(client, window, staff):
    days = {"first": tomorrow().isoformat(), "last": tomorrow().isoformat(), "kind": "annual"}

    answer = client.post(reverse("staff:ask-leave"), {"centre": window.centre.code, **days})

    assert answer.url == reverse("staff:my-shifts")
    assert (Leave.objects.get().staff, Leave.objects.get().state) == (staff, LeaveState.ASKED)
    assert "待审批" in my_shifts(client)


def test_says_why_leave_is_refused(client, window, staff):
    days = {"first": "2020-01-02", "last": "2020-01-01", "kind": "annual"}

    answer = client.post(reverse("staff:ask-leave"), {"centre": window.centre.code, **days})

    assert answer.status_code == 422


@pytest.mark.parametrize("act", ["grant", "decline"])
def test_the_manager_decides(client, window, act):
    sign_in_staff(client, manager_at(window.centre))
    leave = asked_leave(staff_at(window.centre_id), window.centre, first=tomorrow())
    url = reverse("staff:leave", args=[leave.pk])
    assert url in client.get(reverse("staff:leaves")).content.decode()

    client.post(url, {"act": act, "note": "好"})

    leave.refresh_from_db()
    assert leave.state == {"grant": LeaveState.GRANTED, "decline": LeaveState.DECLINED}[act]
    assert url in client.get(reverse("staff:leaves")).content.decode()


def test_the_manager_sees_the_shifts_that_stand_in_the_way(client, window):
    sign_in_staff(client, manager_at(window.centre))
    staff = staff_at(window.centre_id)
    shift = on_duty(window, staff)
    leave = asked_leave(staff, window.centre, first=tomorrow())

    answer = client.post(reverse("staff:leave", args=[leave.pk]), {"act": "grant"})

    assert answer.status_code == 422
    assert "请先交给他人" in answer.content.decode()
    assert reverse("staff:shift", args=[window.centre.code, shift.pk]) in answer.content.decode()


def test_the_own_leave_is_not_there_to_decide(client, window):
    manager = manager_at(window.centre)
    sign_in_staff(client, manager)
    leave = asked_leave(manager, window.centre, first=tomorrow())

    answer = client.post(reverse("staff:leave", args=[leave.pk]), {"act": "grant"})

    assert answer.status_code == 404
    assert str(leave.pk) not in client.get(reverse("staff:leaves")).content.decode().split("leave/")


def test_the_list_of_leaves_takes_as_many_queries_for_twelve_as_for_one(client, window):
    sign_in_staff(client, manager_at(window.centre))
    url, counts = reverse("staff:leaves"), []
    client.get(url)

    for number in (1, 11):
        for _ in range(number):
            asked_leave(staff_at(window.centre_id), window.centre, first=tomorrow())
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url).content.decode()
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert page.count('scope="row"') == 12


def test_asks_a_colleague_and_the_colleague_accepts(client, window, staff):
    mine = on_duty(window, staff, hours("09:00", "15:00"))
    other = on_duty(window, times=hours("15:00", "21:00"))

    client.post(reverse("staff:ask-swap", args=[mine.pk]), {"hand": f"{other.staff_id}-{other.pk}"})
    swap = SwapRequest.objects.get()
    assert "等待答复" in my_shifts(client)
    colleague = Client()
    sign_in_staff(colleague, other.staff)
    assert "等您答复" in my_shifts(colleague)
    url = reverse("staff:swap", args=[swap.pk])
    assert "黎志明请您代班" in colleague.get(url).content.decode()
    colleague.post(url, {"act": "accept"})

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.staff, other.staff_id) == (swap.to, staff.pk)


@pytest.mark.parametrize(
    ("act", "state"),
    [("decline", SwapState.DECLINED), ("withdraw", SwapState.WITHDRAWN)],
)
def test_declines_or_withdraws(client, window, staff, act, state):
    mine, colleague = on_duty(window, staff), staff_at(window.centre_id)
    swap = ask_swap(shift=mine, to=colleague, other=None, by=staff, now=timezone.now())
    if act == "decline":
        sign_in_staff(client, colleague)

    client.post(reverse("staff:swap", args=[swap.pk]), {"act": act})

    swap.refresh_from_db()
    assert swap.state == state


def test_the_asker_cannot_accept(client, window, staff):
    mine, colleague = on_duty(window, staff), staff_at(window.centre_id)
    swap = ask_swap(shift=mine, to=colleague, other=None, by=staff, now=timezone.now())

    answer = client.post(reverse("staff:swap", args=[swap.pk]), {"act": "accept"})

    assert answer.status_code == 409
    assert SwapRequest.objects.get().state == SwapState.ASKED


# --- Who gets in where ----------------------------------------------------------------------

PEOPLE = {
    "resident": lambda centre: UserFactory(),
    "clerk": lambda centre: staff_at(centre.pk),
    "manager": manager_at,
    "clerk elsewhere": lambda centre: staff_at(CommunityFactory().pk),
    "manager elsewhere": lambda centre: staff_at(CommunityFactory().pk, role=Role.CENTRE_MANAGER),
    "town": lambda centre: town_wide(Role.TOWN_ADMIN),
    "auditor": lambda centre: town_wide(Role.AUDITOR),
}
STAFF = {"clerk", "manager", "town", "clerk elsewhere", "manager elsewhere"}
PLANNERS = {"manager", "town"}
DOORS = {
    "my-shifts": (STAFF, ()),
    "my-shifts-calendar": (STAFF, ()),
    "ask-leave": (STAFF, ()),
    "leaves": (PLANNERS | {"manager elsewhere"}, ()),
    "leave": (PLANNERS, ("leave",)),
    "roster": (PLANNERS | {"clerk"}, ("code",)),
    "shift-add": (PLANNERS, ("code",)),
    "shift": (PLANNERS, ("code", "shift")),
    "roster-copy": (PLANNERS, ("code",)),
    "roster-policy": (PLANNERS, ("code",)),
    "ask-swap": (set(), ("shift",)),
    "swap": (set(), ("swap",)),
}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("person", PEOPLE)
def test_opens_each_page_to_whom_it_is_for(client, window, person, name):
    allowed, needed = DOORS[name]
    shift, colleague = on_duty(window), staff_at(window.centre_id)
    known = {
        "code": window.centre.code,
        "shift": shift.pk,
        "leave": asked_leave(colleague, window.centre, first=tomorrow()).pk,
        "swap": ask_swap(
            shift=shift, to=colleague, other=None, by=shift.staff, now=timezone.now()
        ).pk,
    }
    sign_in_staff(client, PEOPLE[person](window.centre))

    answer = client.get(reverse(f"staff:{name}", args=[known[key] for key in needed]))

    assert answer.status_code == (200 if person in allowed else 404)


def test_a_shift_of_another_centre_is_not_found(client, window):
    sign_in_staff(client, manager_at(window.centre))
    village = open_windows(centre=CommunityFactory(), now=timezone.now())[0]
    shift = on_duty(village)

    answer = client.get(reverse("staff:shift", args=[window.centre.code, shift.pk]))

    assert answer.status_code == 404


def test_the_copy_of_all_data_holds_shifts_and_leaves_and_erasing_takes_leaves(window):
    person = staff_at(window.centre_id)
    shift = on_duty(window, person)
    asked_leave(person, window.centre, first=tomorrow() + timedelta(days=1))

    duties = privacy.export_all(person, now=timezone.now())["duties"]
    assert [row["from"] for row in duties["shifts"]] == [shift.starts_at.isoformat()]
    assert [row["kind"] for row in duties["leaves"]] == ["annual"]

    privacy.erase_all(person)
    assert not Leave.objects.exists()
