"""The visits of resident@demo.lishui, so that each of that person's pages shows something."""

from lishui_center.accounts.models import User
from lishui_center.demo.history import Wish
from lishui_center.demo.residents import of_account
from services.bookings.models import Status

EVENING = 76
OWN = [
    (-33, "A", Status.DONE),
    (-20, "B", Status.CANCELLED),
    (-12, "C", Status.NO_SHOW),
    (-6, "D", Status.DONE),
    (4, "F", Status.BOOKED),
]


def wishes_of(user: User, town_id: int) -> list[Wish]:
    """Seven visits at the town centre: tomorrow evening, later, past, and the mother's."""
    own, mother = of_account(user), of_account(user, user.family_members.get(concession=True))
    return [
        Wish(own, town_id, 1, "C", Status.BOOKED, earliest_cell=EVENING),
        Wish(mother, town_id, 3, "B", Status.BOOKED),
        *(Wish(own, town_id, *visit) for visit in OWN),
    ]
