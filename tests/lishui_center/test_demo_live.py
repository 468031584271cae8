"""The played evening: real actions, and a hall left as it was found."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command

from lishui_center.accounts.models import User
from lishui_center.demo.live import Play
from services.console.sitting import open_window
from services.ratings.models import Rating
from services.tickets.models import LIVE, Source, Ticket, TicketState
from services.windows.models import WindowSession
from tests.factories.accounts import staff_at
from tests.factories.opening import weekly_offering
from tests.factories.roster import planned
from tests.factories.services import NOW, WindowFactory

pytestmark = pytest.mark.django_db


class Stage:
    """A small hall with three windows, and a clock that only moves when the play sleeps."""

    def __init__(self, now=NOW) -> None:
        self.now = now
        self.pool = weekly_offering().pool
        self.centre = self.pool.centre
        self.windows = [WindowFactory(pool=self.pool) for _ in range(3)]
        for number, window in enumerate(self.windows):
            email = f"staff-{number:03d}@demo.lishui"
            planned(window, staff_at(self.centre.pk, email=email, is_demo=True))
        self.lines: list[str] = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)

    def play(self) -> Play:
        return Play(self.centre, self.clock, self.sleep, self.lines.append, speed=1, rng=Random(7))


def test_brings_people_who_are_called_served_and_asked():
    stage = Stage()

    stage.play().run(minutes=45)

    assert Ticket.objects.filter(state=TicketState.DONE).count() > 2
    assert Rating.objects.exists()


def test_says_each_step_in_a_line():
    stage = Stage()

    stage.play().run(minutes=20)

    assert any("opens window" in line for line in stage.lines)
    assert any("takes a number" in line for line in stage.lines)
    assert any("is called to window" in line for line in stage.lines)


def test_leaves_nobody_behind():
    stage = Stage()

    stage.play().run(minutes=20)

    assert Ticket.objects.exists()
    assert not Ticket.objects.filter(state__in=LIVE).exists()
    assert not WindowSession.objects.running().exists()


def test_ends_cleanly_when_stopped():
    stage = Stage()
    play = stage.play()
    ticks = iter(range(30))

    def sleep(seconds):
        stage.sleep(seconds)
        if next(ticks, None) is None:
            raise KeyboardInterrupt

    play.sleep = sleep

    play.run()

    assert not Ticket.objects.filter(state__in=LIVE).exists()
    assert not WindowSession.objects.running().exists()


def test_leaves_a_persons_window_alone():
    stage = Stage()
    clerk = staff_at(stage.centre.pk)
    session = open_window(window=stage.windows[1], clerk=clerk, now=NOW)

    stage.play().run(minutes=20)

    session.refresh_from_db()
    assert session.closed_at is None
    assert not Ticket.objects.filter(window=stage.windows[1]).exists()


def test_keeps_the_first_window_for_whoever_looks():
    stage = Stage()

    stage.play().run(minutes=20)

    assert not Ticket.objects.filter(window=stage.windows[0]).exists()


def test_lets_the_desk_give_numbers_while_the_doors_are_shut():
    stage = Stage(now=NOW + timedelta(hours=14))

    stage.play().run(minutes=20)

    assert set(Ticket.objects.values_list("source", flat=True)) == {Source.DESK}


def test_is_refused_in_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo", live=True)


def test_needs_a_centre_with_people(settings):
    settings.DEBUG = True
    centre = weekly_offering().centre

    with pytest.raises(CommandError, match="roster"):
        call_command("demo", live=True, centre=centre.code)
    assert not User.objects.filter(email__startswith="staff-").exists()
