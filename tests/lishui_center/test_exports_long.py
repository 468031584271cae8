"""Long lists: asked for once, written under a claim, fetched by their owner, gone after a day."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from lishui_center.exports.models import Export
from lishui_center.exports.rules import Format, State
from lishui_center.exports.tasks import write_due
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.exports import asked, body, csv_rows, take, xlsx_cells

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short_patience(settings, tmp_path):
    settings.EXPORT_AT_ONCE = 2
    settings.EXPORTS_DIR = tmp_path / "exports"


@pytest.fixture
def admin(client):
    """Somebody with a list of three roles to take away."""
    user = town_wide(Role.TOWN_ADMIN)
    sign_in_staff(client, user)
    for _ in range(3):
        staff_at(1)
    return user


def ask(client, file_format="csv"):
    return client.post(reverse(f"exports:{file_format}", args=["roles"]))


def fetch(client, export):
    return client.get(reverse("exports:fetch", args=[export.pk]))


def test_says_how_long_the_list_is_before_a_worker_is_set_to_it(client, admin):
    page = take(client, "roles")

    assert page.status_code == 200
    assert "Content-Disposition" not in page
    assert page.context["rows"] == 3
    assert not Export.objects.exists()


def test_asking_leads_to_the_progress_and_rings_for_a_worker(
    client, admin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as after:
        answer = ask(client)

    export = Export.objects.get()
    assert answer.url == reverse("exports:progress", args=[export.pk])
    assert (export.state, export.rows_total) == (State.WAITING, 3)
    assert len(after) == 1


def test_asking_twice_leads_to_the_same_export(client, admin):
    first, second = ask(client), ask(client)

    assert first.url == second.url == take(client, "roles").url
    assert Export.objects.count() == 1
    assert Event.objects.filter(action="export.asked").count() == 1


def test_a_worker_writes_the_file_and_the_owner_fetches_it(client, admin):
    export = asked(admin)

    write_due()

    export.refresh_from_db()
    assert (export.state, export.rows_done, export.rows_total) == (State.DONE, 3, 3)
    assert len(csv_rows(body(fetch(client, export)))) == 3
    actions_seen = Event.objects.filter(actor=admin).values_list("action", flat=True)
    assert {"export.asked", "list.exported", "export.fetched"} <= set(actions_seen)


def test_a_workbook_is_written_as_well(client, admin):
    export = asked(admin, file_format=Format.XLSX)

    write_due()

    answer = fetch(client, export)
    assert xlsx_cells(body(answer))["A4"] == ("inlineStr", "陈*怡")
    assert answer["Content-Disposition"].endswith("-2026-11-25.xlsx")


def test_the_file_speaks_the_language_it_was_asked_in(client, admin):
    client.post(reverse("exports:csv", args=["roles"]), headers={"Accept-Language": "en"})

    write_due()

    (line, *_) = csv_rows(body(fetch(client, Export.objects.get())))
    assert line["Role"] == "Centre staff"


def test_strangers_learn_nothing_of_an_export(client, admin):
    export = asked(admin)
    write_due()
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))

    for name in ("progress", "fetch"):
        assert client.get(reverse(f"exports:{name}", args=[export.pk])).status_code == 404
    assert client.post(reverse("exports:stop", args=[export.pk])).status_code == 404
    assert f"/staff/exports/{export.pk}/" not in client.get("/staff/exports/").content.decode()


def test_nothing_can_be_fetched_before_it_is_ready_or_after_a_day(client, admin, stop_the_clock):
    export = asked(admin, now=timezone.now())
    assert fetch(client, export).status_code == 404
    write_due()
    export.refresh_from_db()

    stop_the_clock(export.expires_at)
    sign_in_staff(client, admin)

    assert fetch(client, export).status_code == 404


def test_whoever_lost_the_role_fetches_nothing(client, admin):
    export = asked(admin)
    write_due()
    admin.role_grants.update(role=Role.AUDITOR)

    assert fetch(client, export).status_code == 404


def test_one_that_waits_can_be_stopped(client, admin):
    export = asked(admin)

    client.post(reverse("exports:stop", args=[export.pk]))
    write_due()

    export.refresh_from_db()
    assert export.state == State.CANCELLED


def test_one_that_is_ready_cannot_be_stopped(client, admin):
    export = asked(admin)
    write_due()

    page = client.post(reverse("exports:stop", args=[export.pk]), follow=True)

    export.refresh_from_db()
    assert export.state == State.DONE
    assert "notice-bad" in page.content.decode()


def test_the_list_shows_ones_own_latest_first(client, admin):
    first, second = asked(admin), asked(admin, file_format=Format.XLSX)
    asked(UserFactory())

    page = client.get("/staff/exports/").context["page"]

    assert [export.pk for export in page] == [second.pk, first.pk]


def test_the_progress_is_a_part_that_asks_again_until_it_is_over(client, admin):
    export = asked(admin)
    address = reverse("exports:progress", args=[export.pk])
    part = {"HX-Request": "true", "X-Background": "1"}

    waiting = client.get(address, headers=part).content.decode()
    write_due()
    ready = client.get(address, headers=part).content.decode()

    assert 'hx-trigger="every 2s"' in waiting
    assert "hx-trigger" not in ready
    assert reverse("exports:fetch", args=[export.pk]) in ready
    assert "<html" not in ready
