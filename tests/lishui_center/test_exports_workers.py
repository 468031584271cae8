"""Real workers write exports and may be killed at any moment; two clicks at one moment."""

import pytest
from django.utils import timezone

from lishui_center.accounts.models import RoleGrant
from lishui_center.accounts.rules import Role, Scope
from lishui_center.audit.models import Event
from lishui_center.exports import actions
from lishui_center.exports.models import Export
from lishui_center.exports.reading import BATCH
from lishui_center.exports.rules import Format, State
from tests.factories.accounts import UserFactory, town_wide
from tests.factories.at_once import at_once
from tests.factories.exports import asked, csv_rows, xlsx_cells
from tests.factories.house import WORKER, house, wait_until
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db(transaction=True)]
WRITE_DUE = "from lishui_center.exports.tasks import write_due; write_due()"
ROWS = 20 * BATCH


@pytest.fixture
def owner():
    """Somebody with ten thousand roles to take away, which takes a worker a second."""
    user = town_wide(Role.TOWN_ADMIN)
    clerk = UserFactory()
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=clerk,
            role=Role.CENTRE_STAFF,
            scope=Scope.CENTRE,
            scope_id=number,
            valid_from=NOW.date(),
        )
        for number in range(ROWS)
    )
    return user


def rows_in(content: bytes, file_format: Format) -> int:
    """Without the heading."""
    if file_format == Format.CSV:
        return len(csv_rows(content))
    return sum(name.startswith("A") for name in xlsx_cells(content)) - 1


def finished(export) -> bool:
    export.refresh_from_db()
    return export.state == State.DONE


@pytest.mark.slow
def test_a_ring_wakes_the_worker_before_beat_would(tmp_path, owner):
    with house(tmp_path) as running:
        running.start(*WORKER)
        running.run(
            "from lishui_center.accounts.models import User\n"
            "from tests.factories.exports import asked\n"
            f"asked(User.objects.get(pk={owner.pk}))"
        )
        wait_until(lambda: Export.objects.filter(state=State.DONE).exists())

    export = Export.objects.get()
    assert export.rows_done == export.rows_total == ROWS


@pytest.mark.slow
@pytest.mark.parametrize("file_format", list(Format))
def test_a_killed_workers_export_is_begun_anew_and_whole(tmp_path, owner, file_format):
    export = asked(owner, file_format=file_format, rows=ROWS)
    with house(tmp_path) as running:
        worker = running.start("-c", f"import django; django.setup()\n{WRITE_DUE}")
        wait_until(lambda: Export.objects.filter(rows_done__gt=0).exists())
        running.kill(worker)
        export.refresh_from_db()
        assert export.state == State.RUNNING
        running.run(WRITE_DUE)
        assert not finished(export)

        Export.objects.update(claimed_until=timezone.now())
        running.run(WRITE_DUE)

    assert finished(export)
    content = (tmp_path / "exports" / export.file_name).read_bytes()
    assert rows_in(content, file_format) == ROWS
    assert Event.objects.filter(action="list.exported").count() == 1


def test_two_clicks_at_one_moment_make_one_export(monkeypatch):
    owner = town_wide(Role.TOWN_ADMIN)
    monkeypatch.setattr(actions, "doorbell", actions.Doorbell("nobody", quiet_until=float("inf")))

    answers = at_once(*[lambda: asked(owner).pk] * 4)

    assert len(set(answers)) == 1
    assert list(Export.objects.values_list("pk", flat=True)) == answers[:1]
    assert Event.objects.filter(action="export.asked").count() == 1


def test_two_workers_at_one_moment_take_one_export():
    asked(town_wide(Role.TOWN_ADMIN))

    taken = at_once(*[lambda: actions.claim_next(now=NOW)] * 4)

    assert len([claimed for claimed in taken if claimed]) == 1
    assert Export.objects.get().attempts == 1
