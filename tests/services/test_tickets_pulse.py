"""What live pages look at rises with every change, the first one too."""

import pytest

from services.halls.access import hall_state
from tests.factories.hall import make_hall, walk_in
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db


def test_every_change_makes_another_state():
    pool = make_hall().pool
    states = [hall_state(pool.centre_id, NOW)]

    for _ in range(3):
        walk_in(pool)
        states.append(hall_state(pool.centre_id, NOW))

    assert len(set(states)) == 4
