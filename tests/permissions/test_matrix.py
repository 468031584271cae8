"""Every act by every role: what the tables beside this file say, tried over HTTP."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from services.console.views import ACTS as CONSOLE
from services.desk.views import ATTENDANCE
from services.dispatching.steps import STEPS
from tests.factories.services import NOW
from tests.permissions.bookings import bookings, roster, settings
from tests.permissions.driver import takes_no_post, tried_by_all
from tests.permissions.elsewhere import ELSEWHERE, is_elsewhere
from tests.permissions.hall import hall
from tests.permissions.hours import hours
from tests.permissions.lending import lending
from tests.permissions.needs import needs
from tests.permissions.projects import projects
from tests.permissions.scene import Scene
from tests.permissions.table import Cell, Row, all_rows
from tests.permissions.teams import activities, recognition, teams
from tests.permissions.thinktank import think_tank
from tests.permissions.town import town
from volunteers.needs.views import LEADERS
from volunteers.projects.rules import Act as ProjectAct

pytestmark = pytest.mark.django_db
ROWS = all_rows()
SENT_TO = {row.name for row in ROWS if row.method != "GET"} | {"admin:index"}
DEVELOPERS = {"common:gallery", "notifications:dev-outbox", "notifications:dev-reply"}
"""Routed with DEBUG only."""

PARTS = (
    bookings, settings, roster, hall, lending, needs, teams, activities, recognition,
    hours, projects, think_tank, town,
)  # fmt: skip
ACTS = {
    "staff:need-act": STEPS,
    "volunteers:need-act": LEADERS,
    "staff:console-act": CONSOLE,
    "staff:attendance": ATTENDANCE,
    "volunteers:project-step projects-staff:step": ProjectAct,
}
"""What the last part of these addresses says is done."""


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """One town for all rows: each try is undone, and in the end the town."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        # Most cells are refusals: the page that says so would take half of the time.
        patch.setattr("lishui_center.urls.handler404", _not_found, raising=False)
        with transaction.atomic():
            yield Scene(*PARTS)
            transaction.set_rollback(True)


def _not_found(_request: HttpRequest, **_why: Exception) -> HttpResponse:
    return HttpResponse(status=404)


def _each(rows: list[Row]) -> list[ParameterSet]:
    """With a town for each of two processes, which share the areas."""
    areas = sorted({row.area for row in ROWS})
    halves = {area: pytest.mark.xdist_group(f"town-{n % 2}") for n, area in enumerate(areas)}
    return [pytest.param(row, id=str(row), marks=halves[row.area]) for row in rows]


@pytest.mark.parametrize("row", _each(ROWS))
def test_each_role_may_what_the_table_says(scene: Scene, row: Row) -> None:
    assert tried_by_all(scene, row) == row.cells


READ_ONLY = [row for row in ROWS if row.method == "GET" and row.name not in SENT_TO]


@pytest.mark.parametrize("row", _each(READ_ONLY))
def test_what_has_no_row_for_sending_takes_nothing_that_is_sent(scene: Scene, row: Row) -> None:
    reader = next((role for role, cell in row.cells.items() if cell == Cell.YES), "admin")

    assert takes_no_post(scene, row, reader)


def test_every_address_has_a_row_or_a_reason_why_not() -> None:
    names = {row.name for row in ROWS}
    all_names = set(names_of(get_resolver()))

    assert {name for name in all_names - names if not is_elsewhere(name)} == set()
    assert {name for name in names if is_elsewhere(name)} == {"admin:index"}
    assert len({str(row) for row in ROWS}) == len(ROWS), "two rows say the same"


@pytest.mark.parametrize("name", ACTS)
def test_every_act_of_an_address_has_a_row(name: str) -> None:
    assert {row.given[-1] for row in ROWS if row.name in name.split()} == set(ACTS[name])


def test_every_reason_is_for_an_address_that_is_there() -> None:
    named = {name for names in ELSEWHERE.values() for name in names.split()}

    assert named - set(names_of(get_resolver())) == DEVELOPERS


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all addresses, each with its namespace."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from names_of(entry, space + inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name
