"""Resources of a centre that is open all week, and uses of them."""

from datetime import datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from services.bookings.visitors import make_visitor
from services.lending.actions import Wanted, ask_use, enter_use
from services.lending.models import ForKind, Use
from services.resources.models import Kind, Resource
from tests.factories.services import NOW, CentreFactory, PoolFactory, open_week

# Friday, ten o'clock: two days ahead, further than anybody must ask before.
START = NOW + timedelta(days=2)


class ResourceFactory(DjangoModelFactory[Resource]):
    """A hall of forty seats that residents may have at once."""

    class Meta:
        model = Resource

    code = factory.Sequence(lambda n: f"hall-{n}")
    kind = Kind.VENUE
    centre = factory.SubFactory(CentreFactory)
    name_zh = factory.Sequence(lambda n: f"多功能厅{n}")
    name_en = factory.Sequence(lambda n: f"Hall {n}")
    capacity = 40
    needs_approval = False
    open_to_residents = True


def open_resource(now: datetime = NOW, **fields: Any) -> Resource:
    """A resource whose centre is open all week, 9:00 to 21:00."""
    resource = ResourceFactory(**fields)
    open_week(PoolFactory(centre=resource.centre), now)
    return resource


def wanted(resource: Resource, *, hours: float = 2, start: datetime = START, **more: Any) -> Wanted:
    """Two hours on Friday from ten, by 陈小怡, unless told."""
    phone = more.pop("phone", "13900000001")
    visitor = make_visitor(
        name="陈小怡", phone=phone, language="zh-hans", user=more.pop("user", None)
    )
    return Wanted(
        resource=resource,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        **{"purpose": "舞蹈排练", "visitor": visitor, **more},
    )


def asked(resource: Resource, **more: Any) -> Use:
    """What a resident asked for, by the real action."""
    return ask_use(wanted=wanted(resource, **more), now=NOW)


def entered(resource: Resource, by: Any, **more: Any) -> Use:
    """What staff entered for the centre's own work."""
    own = {"visitor": None, "for_kind": ForKind.NONE, **more}
    return enter_use(wanted=wanted(resource, **own), by=by, now=NOW)
