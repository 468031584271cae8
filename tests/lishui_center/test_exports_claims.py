"""An export between asking and forgetting: what the row, the claim and the folder hold."""

import os
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lishui_center.accounts.rules import Role
from lishui_center.exports import actions, files
from lishui_center.exports.models import Export
from lishui_center.exports.rules import CLAIM_FOR, EXCEL_ROWS, KEPT_FOR, Format, State
from lishui_center.exports.tasks import remove_expired, write_due
from tests.factories.accounts import staff_at, town_wide
from tests.factories.exports import asked
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"


@pytest.fixture
def admin():
    """Somebody with a list of one role to take away."""
    staff_at(1)
    return town_wide(Role.TOWN_ADMIN)


def test_another_kind_of_file_or_another_choice_is_another_export(admin):
    same = [asked(admin), asked(admin, page="2")]
    others = [asked(admin, file_format=Format.XLSX), asked(admin, "bookings"), asked(admin, q="x")]

    assert len({export.pk for export in same}) == 1
    assert len({export.pk for export in [*same, *others]}) == 4


def test_the_database_keeps_the_same_export_from_being_asked_twice(admin):
    export = asked(admin)
    export.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        export.save(force_insert=True)


def test_what_was_looked_for_is_not_readable_in_the_database(admin):
    export = asked(admin, "bookings", q="13900000001")

    assert export.params == {"q": "13900000001"}
    assert "13900000001" not in export.query_sealed + export.query_hash


def test_a_list_closed_to_its_owner_since_is_not_written(admin):
    export = asked(admin)
    admin.role_grants.update(role=Role.AUDITOR)

    write_due()

    export.refresh_from_db()
    assert export.state == State.FAILED
    assert not list(files.folder().iterdir())


def test_a_list_that_cannot_be_written_does_not_hold_up_the_next(admin):
    broken = asked(admin, "roster", centre="nowhere")
    good = asked(admin)

    write_due()

    states = dict(Export.objects.values_list("pk", "state"))
    assert states == {broken.pk: State.FAILED, good.pk: State.DONE}


def test_a_worker_hears_with_its_next_batch_that_its_export_was_stopped(admin):
    asked(admin)
    export = actions.claim_next(now=NOW)
    actions.begin(export, rows=3, now=NOW)
    actions.stop_export(export=export, by=admin)

    with pytest.raises(actions.ClaimLostError):
        actions.advance(export, rows=1, now=NOW)


def test_nobody_takes_what_a_worker_is_at(admin):
    asked(admin)
    asked(admin, file_format=Format.XLSX)
    assert actions.claim_next(now=NOW)

    assert actions.claim_next(now=NOW + CLAIM_FOR - timedelta(seconds=1)) is None


def test_the_database_lets_one_be_written_at_a_time(admin):
    asked(admin)
    asked(admin, file_format=Format.XLSX)
    running = {"state": State.RUNNING, "claimed_until": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(**running)


def test_what_a_worker_left_is_taken_up_first_and_begun_anew(admin):
    left = asked(admin)
    asked(admin, file_format=Format.XLSX)
    lost = actions.claim_next(now=NOW)
    actions.begin(lost, rows=3, now=NOW)
    actions.advance(lost, rows=2, now=NOW)

    later = NOW + CLAIM_FOR
    again = actions.claim_next(now=later)
    actions.begin(again, rows=3, now=later)

    assert again.pk == left.pk
    assert Export.objects.get(pk=left.pk).rows_done == 0
    with pytest.raises(actions.ClaimLostError):
        actions.finish(lost, file_name="late.csv", now=later)


def test_one_that_kills_its_workers_is_given_up(admin):
    export = asked(admin)
    moments = [NOW + number * CLAIM_FOR for number in range(4)]

    taken = [actions.claim_next(now=moment) for moment in moments]

    assert [bool(claimed) for claimed in taken] == [True, True, True, False]
    export.refresh_from_db()
    assert export.state == State.FAILED


def test_excel_is_not_given_more_than_a_sheet_holds(client, admin):
    with pytest.raises(actions.TooManyRowsError):
        asked(admin, file_format=Format.XLSX, rows=EXCEL_ROWS + 1)

    assert asked(admin, rows=EXCEL_ROWS + 1)


def test_a_day_later_rows_and_files_are_gone(admin, stop_the_clock):
    export = asked(admin, now=timezone.now())
    write_due()
    export.refresh_from_db()
    remove_expired()
    assert [path.name for path in files.folder().iterdir()] == [export.file_name]

    stop_the_clock(export.expires_at)
    remove_expired()

    assert not Export.objects.exists()
    assert not list(files.folder().iterdir())


def test_what_killed_workers_left_is_swept_up(admin):
    parts = files.folder() / "parts"
    parts.mkdir()
    (files.folder() / "half.csv").write_text("a")
    (files.folder() / "fresh.csv").write_text("a")
    old = (timezone.now() - KEPT_FOR - timedelta(seconds=5)).timestamp()
    for name in ("parts", "half.csv"):
        os.utime(files.folder() / name, (old, old))

    remove_expired()

    assert [path.name for path in files.folder().iterdir()] == ["fresh.csv"]


def test_nobody_else_on_the_machine_looks_into_the_folder(admin):
    assert files.folder().stat().st_mode & 0o077 == 0
