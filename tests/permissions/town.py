"""What everybody has of their own, and what the town's offices look at."""

from knox.models import AuthToken

from lishui_center.accounts.models import RoleGrant
from lishui_center.api.tokens.actions import make_token
from lishui_center.exports import files
from lishui_center.exports.rules import State
from services.household.actions import Relative, add_relative
from services.household.models import Relation
from tests.factories.accounts import staff_at
from tests.factories.exports import asked
from tests.factories.notifications import failed
from tests.factories.services import NOW
from tests.permissions.scene import Scene


def town(scene: Scene) -> None:
    """A relative of the volunteer's, a colleague's role, a failed message, the clerk's exports."""
    member = add_relative(
        user=scene.people["volunteer"], relative=Relative("李阿婆", Relation.PARENT)
    )
    make_token(user=scene.people["volunteer"], now=NOW)
    clerk = scene.people["clerk"]
    ready = asked(clerk, "needs")
    ready.state, ready.file_name = State.DONE, "ready.csv"
    (files.folder() / ready.file_name).write_bytes(b"x")
    ready.save()
    scene.keys |= {
        "relative": member.pk,
        "token": AuthToken.objects.get().token_key,
        "resident_phone": scene.people["resident"].phone,
        "grant": RoleGrant.objects.get(user=staff_at(scene.centre.pk)).pk,
        "message": failed(user_id=scene.people["volunteer"].pk, centre_id=scene.centre.pk).pk,
        "export": asked(clerk, "bookings").pk,
        "ready_export": ready.pk,
    }
