"""Something to lend, and its uses."""

from datetime import timedelta

from lishui_center.common.clock import moment
from lishui_center.common.encryption import seal
from services.centres.models import Pool
from services.resources.models import ResourceClosure
from tests.factories.resources import START, asked, entered, open_resource
from tests.factories.thinktank import DAY
from tests.permissions.scene import Scene


def lending(scene: Scene) -> None:
    """A hall of the centre that a resident asked for, and that the clerk uses."""
    hall = open_resource(centre=scene.centre, needs_approval=True, contact_sealed=seal("何姨"))
    free = open_resource(centre=scene.centre)
    Pool.objects.filter(lanes_total=3).update(lanes_online=1)  # more leaves walk-ins too few
    closure = ResourceClosure.objects.create(
        resource=free,
        starts_at=moment(DAY + timedelta(days=9), 40),
        ends_at=moment(DAY + timedelta(days=9), 50),
        reason_zh="检修",
    )
    own = entered(hall, scene.people["clerk"], start=START + timedelta(hours=4))
    scene.keys |= {
        "hall": hall.code,
        "free": free.code,
        "closure": closure.pk,
        "use": asked(hall, phone="13900000031").reference,
        "clerks_use": own.reference,
    }
