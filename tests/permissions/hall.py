"""A hall with people in the queue, and what is left of their visits."""

from datetime import timedelta

from lishui_center.accounts.models import User
from services.centres.models import Window
from services.closing.actions import close_day
from services.console.access import last_step
from services.console.actions import begin, call_next, miss
from services.console.items import add_item
from services.console.sitting import open_window, pause_window
from services.ratings.actions import note_follow_up
from services.ratings.models import FollowUpState, Score
from services.tickets.models import Ticket
from services.windows.access import session_of
from services.windows.models import PauseReason
from tests.factories.hall import clerk_at, lacking, rated, walk_in
from tests.factories.opening import booking_at
from tests.factories.services import NOW, WindowFactory
from tests.factories.thinktank import DAY
from tests.permissions.scene import Scene


def hall(scene: Scene) -> None:
    """Whoever waits, was served or missed the call; the clerk sits down in a step."""
    pool = scene.offering.pool
    busy = clerk_at(pool)
    walk_in(pool)
    missed = call_next(clerk=busy, now=NOW)
    miss(clerk=busy, now=NOW)
    case = rated(Score.DISSATISFIED, pool=pool, text="等太久", visit={"phone": "13900000051"})
    close_day(centre=scene.centre, day=DAY - timedelta(days=1), now=NOW)
    comes = booking_at(scene.offering, 11, day=DAY, number=61, now=NOW - timedelta(hours=3))
    seat = Seat(scene.people["clerk"], WindowFactory(pool=pool), scene.offering.item_id)
    scene.keys |= {
        "window": seat.window.pk,
        "missed": missed.pk,
        "lacking": lacking(scene.offering).pk,
        "waiting": walk_in(pool).pk,
        "case": case.follow_up.pk,
        "comes": comes.reference,
    }
    for step in (seat.taken, seat.called, seat.serving, seat.itemised, seat.undoable, seat.paused):
        scene.can(step.__name__, step)
    scene.can("put_right", lambda: put_right(case.follow_up.pk, scene.colleague))


class Seat:
    """The clerk at a window, and the steps up to what is tried there."""

    def __init__(self, clerk: User, window: Window, item: int) -> None:
        self.clerk, self.window, self.item = clerk, window, item

    def taken(self) -> None:
        """Nobody is called yet."""
        open_window(window=self.window, clerk=self.clerk, now=NOW)

    def called(self) -> dict[str, int]:
        """Somebody is on the way to the window."""
        self.taken()
        return seen(call_next(clerk=self.clerk, now=NOW))

    def serving(self) -> dict[str, int]:
        """Somebody is at the window."""
        self.called()
        return seen(begin(clerk=self.clerk, now=NOW))

    def itemised(self) -> dict[str, int]:
        """The person's service is noted."""
        here = self.serving()
        add_item(clerk=self.clerk, item_id=self.item)
        return seen(Ticket.objects.get(pk=here["ticket"]))

    def undoable(self) -> dict[str, int]:
        """A step was taken a moment ago."""
        self.called()
        return {"step": last_step(session_of(self.clerk), now=NOW).pk}

    def paused(self) -> None:
        """The window pauses."""
        self.taken()
        pause_window(clerk=self.clerk, reason=PauseReason.MEAL, now=NOW)


def seen(ticket: Ticket) -> dict[str, int]:
    """The person at the window as the clerk's page shows them."""
    return {"ticket": ticket.pk, "version": ticket.version}


def put_right(case: int, by: User) -> None:
    """The case of a bad rating, up to its last step."""
    for state in (FollowUpState.VERIFIED, FollowUpState.FIXED):
        note_follow_up(follow_up_id=case, state=state, text="属实", actor=by, now=NOW)
