"""Emptying a database, and filling it with the demo: the same data for the same day and seed."""

from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.db import connection, transaction

from lishui_center.audit import triggers
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.demo.activities import make_activities
from lishui_center.demo.catalogue import make_catalogue
from lishui_center.demo.diary import Cast
from lishui_center.demo.hall import HallHistorian
from lishui_center.demo.history import Historian
from lishui_center.demo.loop import make_loop
from lishui_center.demo.messages import make_messages
from lishui_center.demo.needs import make_needs
from lishui_center.demo.opening import make_opening
from lishui_center.demo.opinions import Opinions
from lishui_center.demo.people import clerks_of, make_people
from lishui_center.demo.places import make_network
from lishui_center.demo.projects import make_projects
from lishui_center.demo.recognition import make_recognition
from lishui_center.demo.residents import make_residents, of_account
from lishui_center.demo.resources import make_resources
from lishui_center.demo.roster import make_roster
from lishui_center.demo.routes import make_routes
from lishui_center.demo.standing import make_suspensions
from lishui_center.demo.thinktank import make_think_tank
from lishui_center.demo.volunteers import make_volunteers
from lishui_center.demo.waiting import make_waitlist
from lishui_center.demo.wishes import wishes_of
from services.centres.models import Centre
from volunteers.teams.models import Team

HISTORY_DAYS = 60
SEED = 528_244


def is_loaded() -> bool:
    """Whether there are centres already, of the demo or real ones."""
    return Centre.objects.exists()


def empty() -> None:
    """Remove every row of every app, the audit trail too."""
    with triggers.lifted(connection):
        call_command("flush", interactive=False, verbosity=0)


@transaction.atomic
def load(*, now: datetime, scale: float = 1) -> None:
    """Fill an empty database: all or nothing."""
    history_days = max(1, round(HISTORY_DAYS * scale))
    first = today(now) - timedelta(days=history_days)
    network = make_network()
    make_catalogue(network)
    make_opening(network, first=first, today=today(now))
    users = make_people(network, now=now)
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    historian = Historian(
        rng=rng,
        now=now,
        cast=Cast(
            make_residents(rng, scale),
            {centre.pk: place for place, centre in enumerate(network.communities)},
        ),
        clerks=clerks_of(users),
        wishes=wishes_of(users["resident"], network.town.pk),
    )
    historian.write(first)
    make_waitlist(historian, of_account(users["resident"]))
    make_suspensions(decided_by=users["manager"], now=now)
    make_messages(now=now)
    make_roster(network, users, first=first, now=now)
    HallHistorian(network, Opinions(network, users, now), now).write(first)
    make_resources(network, users, historian.cast, now=now)
    make_volunteers(network, users, now=now)
    make_routes(network, users, now=now)
    make_needs(network, users, days=history_days, now=now)
    make_projects(network, users, now=now)
    make_think_tank(network, users, now=now)
    make_activities(network, users, now=now)
    make_recognition(Team.objects.get(code=f"{network.town.code}-vanguard"), users, now=now)
    make_loop(users, now=now)
    record(users["admin"], "demo.loaded", network.town, history_days=history_days)
