"""A small town to test in: centres, items, and days that are open."""

from datetime import date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from lishui_center.common.clock import moment, today
from services.bookings.actions import book_visit
from services.bookings.models import Booking, Channel
from services.bookings.visitors import BookingRequest, make_visitor
from services.catalogue.access import Visit
from services.catalogue.models import Offering, RequiredDocument, ServiceItem
from services.centres.models import BookingPolicy, Centre, Pool, Tier, Window
from services.hours.models import DayPlan

# A Wednesday morning, when the demo's centres are open.
NOW = moment(date(2026, 11, 25), 40)


class CentreFactory(DjangoModelFactory[Centre]):
    """A town centre with the default policy; the same row however often it is asked for."""

    class Meta:
        model = Centre
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "town"
    tier = Tier.TOWN
    name_zh = "里水镇党群服务中心"
    name_en = "Lishui Town Centre"
    short_name_zh = "镇中心"
    short_name_en = "Town Centre"
    address_zh = "里水大道1号"
    address_en = "1 Lishui Avenue"
    phone = "0757-00000000"

    @factory.post_generation
    def policy(self, create: bool, extracted: Any, **terms: Any) -> None:  # noqa: FBT001 - the library's signature
        BookingPolicy.objects.update_or_create(centre=self, defaults=terms)


class CommunityFactory(CentreFactory):
    """A village/community centre below the town's."""

    code = factory.Sequence(lambda n: f"community-{n}")
    tier = Tier.COMMUNITY
    parent = factory.SubFactory(CentreFactory)
    name_zh = factory.Sequence(lambda n: f"第{n}社区党群服务中心")
    name_en = factory.Sequence(lambda n: f"Community Centre {n}")


class PoolFactory(DjangoModelFactory[Pool]):
    """Three windows, two of them for bookings."""

    class Meta:
        model = Pool

    centre = factory.SubFactory(CentreFactory)
    code = factory.Sequence(lambda n: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26] + (str(n // 26 % 10)))
    name_zh = "综合服务"
    name_en = "General services"
    lanes_total = 3
    lanes_online = 2


class WindowFactory(DjangoModelFactory[Window]):
    """A numbered counter of the pool."""

    class Meta:
        model = Window

    pool = factory.SubFactory(PoolFactory)
    centre = factory.SelfAttribute("pool.centre")
    number = factory.Sequence(lambda n: n + 1)


class ItemFactory(DjangoModelFactory[ServiceItem]):
    """A quarter of an hour, bookable."""

    class Meta:
        model = ServiceItem

    code = factory.Sequence(lambda n: f"T{n:03d}")
    name_zh = factory.Sequence(lambda n: f"居住证签注{n}")
    name_en = factory.Sequence(lambda n: f"Residence permit {n}")
    short_name_zh = "居住证签注"
    short_name_en = "Residence permit"
    category = "new_residents"
    minutes = 15


class DocumentFactory(DjangoModelFactory[RequiredDocument]):
    """A paper to bring."""

    class Meta:
        model = RequiredDocument

    item = factory.SubFactory(ItemFactory)
    position = factory.Sequence(int)
    name_zh = "居民身份证"
    name_en = "Resident ID card"


class OfferingFactory(DjangoModelFactory[Offering]):
    """An item handled by a pool of the town centre."""

    class Meta:
        model = Offering

    pool = factory.SubFactory(PoolFactory)
    centre = factory.SelfAttribute("pool.centre")
    item = factory.SubFactory(ItemFactory)


def open_day(pool: Pool, day: date, *, first: int = 36, end: int = 84) -> DayPlan:
    """The pool open from the cell `first` to `end`, 9:00 to 21:00 unless told, with its lanes."""
    spans = [[first, end, pool.lanes_online, pool.lanes_total]]
    plan, _ = DayPlan.objects.update_or_create(pool=pool, date=day, defaults={"spans": spans})
    return plan


def open_week(pool: Pool, now: datetime = NOW) -> None:
    """Today and the seven days after, 9:00 to 21:00."""
    for n in range(8):
        open_day(pool, today(now) + timedelta(days=n))


def visit_of(*offerings: Offering) -> Visit:
    """The visit for these items of one pool."""
    first = offerings[0]
    items = tuple(offering.item for offering in offerings)
    return Visit(first.centre, first.centre.policy, first.pool, items)


def open_offering(now: datetime = NOW, **fields: Any) -> Offering:
    """An item whose pool is open all week."""
    offering = OfferingFactory(**fields)
    open_week(offering.pool, now)
    return offering


def make_booking(
    offering: Offering | None = None,
    *,
    start: datetime | None = None,
    now: datetime = NOW,
    phone: str = "13900000001",
    name: str = "陈小怡",
    **request: Any,
) -> Booking:
    """A real booking by the real action, tomorrow at the same hour unless told."""
    offering = offering or open_offering(now)
    visitor = request.pop("visitor", None) or make_visitor(
        name=name, phone=phone, language="zh-hans"
    )
    wanted = BookingRequest(
        visit=visit_of(offering),
        start=start or now + timedelta(days=1),
        visitor=visitor,
        channel=Channel.WEB,
        **request,
    )
    return book_visit(request=wanted, now=now).booking
