"""Finding what a resident asks for: a visit to one pool of a centre, for one or more items."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from lishui_center.common.language import in_language
from services.catalogue.errors import (
    CentreUnknownError,
    ItemNotOfferedError,
    ItemsApartError,
    ItemsMissingError,
    ItemWalkInOnlyError,
    VisitTooLongError,
)
from services.catalogue.models import (
    Category,
    Offering,
    RequiredDocument,
    ServiceItem,
    ServiceItemQuerySet,
)
from services.centres.models import BookingPolicy, Centre, Pool

MAX_ITEMS = 5
MAX_MINUTES = 240
# How long a change of the catalogue or a policy may take to reach every process. A place is
# never given by what is kept here: plans and claims are always read.
FRESH_SECONDS = 30


def forget_visits() -> None:
    """Read the catalogue anew at once, in this process: after an edit, and between tests."""
    _load.cache_clear()
    _items_of_pool.cache_clear()


@dataclass(frozen=True)
class Visit:
    """One or more items that one window of `pool` handles in a row."""

    centre: Centre
    policy: BookingPolicy
    pool: Pool
    items: tuple[ServiceItem, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def codes(self) -> list[str]:
        return [item.code for item in self.items]


def get_visit(centre_code: str, item_codes: Sequence[str]) -> Visit:
    """The visit that handles these items at that centre; kept a few seconds by each process.

    Raises:
        CentreUnknownError, ItemsMissingError, ItemNotOfferedError, ItemWalkInOnlyError,
        ItemsApartError, VisitTooLongError
    """
    return _load(centre_code, tuple(dict.fromkeys(item_codes)), monotonic() // FRESH_SECONDS)


@lru_cache(maxsize=1000)
def _load(centre_code: str, codes: tuple[str, ...], _age: float) -> Visit:
    if not codes:
        raise ItemsMissingError
    if len(codes) > MAX_ITEMS:
        raise VisitTooLongError
    found = {
        offering.item.code: offering
        for offering in Offering.objects.filter(
            centre__code=centre_code,
            centre__is_active=True,
            item__code__in=codes,
            item__is_active=True,
        ).select_related("item", "pool", "centre__policy")
    }
    if len(found) != len(codes):
        _refuse_unknown(centre_code, [code for code in codes if code not in found])
    offerings = [found[code] for code in codes]
    visit = Visit(
        centre=offerings[0].centre,
        policy=offerings[0].centre.policy,
        pool=offerings[0].pool,
        items=tuple(offering.item for offering in offerings),
    )
    _check(visit, offerings)
    return visit


def documents_of(items: Iterable[ServiceItem]) -> list[RequiredDocument]:
    """What to bring for a visit with these items, each paper once: one query."""
    documents = RequiredDocument.objects.filter(item__in=[item.pk for item in items])
    return list({document.name_zh: document for document in documents}.values())


def items_with_codes(codes: Collection[str]) -> list[ServiceItem]:
    """The items of the catalogue with these codes; unknown ones are left out."""
    return list(ServiceItem.objects.active().filter(code__in=codes))


def items_of_pool(pool_id: int) -> list[ServiceItem]:
    """What the windows of the pool handle; kept a few seconds by each process."""
    return _items_of_pool(pool_id, monotonic() // FRESH_SECONDS)


@lru_cache(maxsize=1000)
def _items_of_pool(pool_id: int, _age: float) -> list[ServiceItem]:
    return list(ServiceItem.objects.active().filter(offerings__pool=pool_id))


def search_items(text: str) -> list[ServiceItem]:
    """The items that match, by category; all of them for the empty text."""
    return sorted(ServiceItem.objects.active().matching(text), key=_category)


def offers_at(centre: Centre, search: str = "") -> list[Offering]:
    """What the centre handles of what matches the search, by category: one query."""
    items = ServiceItem.objects.active().matching(search)
    offerings = Offering.objects.filter(centre=centre, item__in=items)
    offerings = offerings.select_related("item", "pool").order_by("item__code")
    return sorted(offerings, key=lambda offering: _category(offering.item))


def centres_for(item_codes: Collection[str]) -> list[Centre]:
    """The centres with windows that handle all of these items; without any, all with windows."""
    if not item_codes:
        return list(Centre.objects.bookable())
    handled = Q(offerings__item__code__in=item_codes)
    centres = Centre.objects.active().annotate(
        matching=Count("offerings", filter=handled, distinct=True)
    )
    return list(centres.filter(matching=len(item_codes)).exclude(pools=None))


def get_item(code: str) -> ServiceItem:
    """The item of the catalogue, or 404."""
    return get_object_or_404(ServiceItem.objects.active(), code=code.upper())


def _category(item: ServiceItem) -> int:
    """Where the item's category stands in the catalogue."""
    return Category.values.index(item.category)


def _refuse_unknown(centre_code: str, missing: list[str]) -> None:
    if not Centre.objects.active().filter(code=centre_code).exists():
        raise CentreUnknownError
    names = {item.code: item.name for item in ServiceItem.objects.filter(code__in=missing)}
    named = [names.get(code, code) for code in missing]
    raise ItemNotOfferedError(items=in_language("、", ", ").join(named))


def _check(visit: Visit, offerings: list[Offering]) -> None:
    walk_in = [item.name for item in visit.items if not item.online]
    if walk_in:
        raise ItemWalkInOnlyError(items=in_language("、", ", ").join(walk_in))
    if len({offering.pool_id for offering in offerings}) > 1:
        raise ItemsApartError
    if visit.minutes > MAX_MINUTES:
        raise VisitTooLongError


def catalogue_for_staff(text: str) -> ServiceItemQuerySet:
    """Every item, also those out of use, that `text` names; all without a text."""
    items = ServiceItem.objects.all()
    if not text:
        return items
    return items.filter(
        Q(code__iexact=text)
        | Q(name_zh__icontains=text)
        | Q(name_en__icontains=text)
        | Q(keywords__icontains=text)
    )


def get_item_to_edit(code: str) -> ServiceItem:
    """The item, or 404."""
    return get_object_or_404(ServiceItem, code=code)
