"""The think tank, whose author is the expert of the table."""

from tests.factories.accounts import UserFactory
from tests.factories.thinktank import answered, drafted, published, recommended
from tests.permissions.scene import Scene


def think_tank(scene: Scene) -> None:
    """`keys` of the factory, each with a T before it, and what a colleague wrote."""
    tank = scene.tank
    scene.keys |= {f"t_{name}": key for name, key in tank.keys.items()}
    UserFactory(phone="13900000099")
    theirs = recommended(published(tank.colleague, by=scene.other_admin))
    scene.keys |= {
        "t_colleagues": answered(theirs, scene.other_admin).pk,
        "t_colleague": tank.colleague.pk,
        "t_colleagues_draft": drafted(tank.colleague).pk,
    }
