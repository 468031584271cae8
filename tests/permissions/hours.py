"""The volunteer's hours, at every step."""

from typing import Any
from uuid import uuid4

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from tests.factories.hours import approved, decided, disputed, entered, late
from tests.factories.photos import photo_of, upload
from tests.factories.services import NOW
from tests.factories.volunteers import recorded, service
from tests.permissions.scene import Scene
from volunteers.adjustments.actions import propose_correction
from volunteers.hours.deciding import Decision
from volunteers.hours.models import HourEntry
from volunteers.reconciliation.actions import reconcile
from volunteers.review.anomalies import open_anomalies
from volunteers.review.models import SampledEntry


def hours(scene: Scene) -> None:
    """Sent, asked about, entered by a leader or late, disputed."""
    team, colleague = scene.team, scene.colleague
    volunteer, clerk = scene.people["volunteer"], scene.people["clerk"]
    photo = photo_of(volunteer)
    made = {
        "sent_hours": recorded(volunteer, service(team, ago=3, hours=1, photo=photo)),
        "asked_hours": decided(_sent(scene, 5), colleague, Decision.ASK),
        "entered_hours": entered(team, colleague, volunteer, ago=7, hours=1),
        "approved_hours": decided(_sent(scene, 8), colleague),
        "late_hours": late(team, colleague, volunteer),
        "clerks_late_hours": late(team, clerk, volunteer, days=61),
    }
    dispute = disputed(entered(team, colleague, volunteer, ago=10, hours=1))
    scene.keys |= {name: entry.pk for name, entry in made.items()}
    scene.keys |= {"dispute": dispute.pk, "new_id": uuid4()}
    scene.keys |= _second_looks(scene)
    scene.holds("photo", "photo.jpg", upload("olive").read())


def _second_looks(scene: Scene) -> dict[str, Any]:
    """Corrections of a colleague's and of the clerk's, a record drawn by lot, and a pattern."""
    colleague, lead = scene.colleague, scene.people["lead"]
    decided(recorded(lead, service(scene.team, ago=14, hours=9)), colleague)  # through the night
    lot = approved(scene.team, colleague, ago=12)
    sample = SampledEntry.objects.create(
        entry=lot, day=today(NOW), volunteer=lot.volunteer, approved_by=colleague
    )
    others = decided(recorded(lead, service(scene.team, ago=4, hours=1)), colleague)
    found = {
        "correction": _corrected(decided(_sent(scene, 9), colleague), colleague),
        "clerks_correction": _corrected(others, scene.people["clerk"]),
        "sample": sample.pk,
    }
    reconcile(now=NOW)
    pattern = open_anomalies(HourEntry.objects.all(), NOW)[0]
    return found | {"pattern_kind": pattern.kind, "pattern": pattern.key}


def _sent(scene: Scene, ago: float) -> HourEntry:
    """One hour of the volunteer's."""
    return recorded(scene.people["volunteer"], service(scene.team, ago=ago, hours=1))


def _corrected(entry: HourEntry, by: User) -> int:
    return propose_correction(entry_id=entry.pk, after=30, reason="早退", by=by, now=NOW).pk
