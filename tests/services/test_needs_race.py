"""Two people at once: no number twice, no need taken on twice."""

import pytest

from services.requests.models import ServiceRequest
from services.requests.rules import Act, State
from tests.factories.at_once import at_once
from tests.factories.needs import Desk, report
from tests.factories.services import CentreFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_reports_at_once_have_numbers_of_their_own():
    centre = CentreFactory()

    numbers = at_once(*[lambda: report(centre, phone="").request.reference for _ in range(6)])

    assert sorted(numbers) == [f"S261125000{n}" for n in range(1, 7)]


def test_a_need_is_taken_on_once():
    desk = Desk()
    need = desk.need_in("dispatched", phone="")

    answers = at_once(*[lambda: desk.do(need, Act.ACCEPT) and "taken" for _ in range(3)])

    assert answers.count("taken") == 1
    assert ServiceRequest.objects.get().state == State.ACCEPTED
