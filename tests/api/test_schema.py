"""The OpenAPI document: reviewed when it changes, and true."""

from pathlib import Path

import pytest
import schemathesis
from django.core.management import call_command
from django.utils import timezone
from hypothesis import settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from lishui_center.wsgi import application
from tests.factories.services import open_offering

SNAPSHOT = Path(__file__).parent / "openapi.yml"

schema = schemathesis.openapi.from_path(SNAPSHOT)
schema.app = application


def test_is_the_one_reviewed(tmp_path):
    """After a wanted change: manage.py spectacular --lang en --file tests/api/openapi.yml."""
    call_command("spectacular", file=str(tmp_path / "now.yml"), lang="en", validate=True)

    assert (tmp_path / "now.yml").read_text("utf-8") == SNAPSHOT.read_text("utf-8")


@pytest.fixture
def _open_town(transactional_db):
    open_offering(timezone.now(), item__code="C02")


@pytest.mark.usefixtures("_open_town")
@schema.parametrize()
@settings(max_examples=20, deadline=None)
def test_every_answer_is_documented(case):
    """Schemathesis sends what the document allows and what it forbids."""
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        # DRF's paginator reads a nonsense page_size as none; rules that no schema can say, such
        # as "a phone we can reach", answer 400 too.
        excluded_checks=[negative_data_rejection, positive_data_acceptance],
    )
