"""Changing the catalogue, and which pool of a centre handles what."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.catalogue.models import Offering, RequiredDocument, ServiceItem
from services.centres.actions import save_setting
from services.centres.models import BookingPolicy, Centre


@transaction.atomic
def save_item(*, item: ServiceItem, documents: Sequence[tuple[str, str]], by: User) -> None:
    """Store a new or changed item with all its documents, (Chinese, English) in order.

    Bookings already made keep the length they were made with.
    """
    save_setting(row=item, by=by)
    known = list(item.documents.values_list("name_zh", "name_en"))
    if known == list(documents):
        return
    item.documents.all().delete()
    RequiredDocument.objects.bulk_create(
        RequiredDocument(item=item, position=position, name_zh=chinese, name_en=english)
        for position, (chinese, english) in enumerate(documents)
    )
    record(by, "serviceitem.documents", item, before=len(known), after=len(documents))


@transaction.atomic
def set_offerings(*, centre: Centre, pools: Mapping[int, int], by: User) -> None:
    """Let the centre handle exactly these items: {item id: pool id}.

    Bookings of an item that is no longer handled stay valid. A centre that had no booking rules
    gets the usual ones: it can be booked from now on.
    """
    BookingPolicy.objects.get_or_create(centre=centre)
    known = dict(Offering.objects.filter(centre=centre).values_list("item_id", "pool_id"))
    dropped = known.keys() - pools.keys()
    changed = {item: pool for item, pool in pools.items() if known.get(item) != pool}
    Offering.objects.filter(centre=centre, item__in=dropped | changed.keys()).delete()
    Offering.objects.bulk_create(
        Offering(centre=centre, item_id=item, pool_id=pool) for item, pool in changed.items()
    )
    if dropped or changed:
        record(
            by,
            "centre.offerings",
            centre,
            centre_id=centre.pk,
            dropped=sorted(dropped),
            changed={str(item): pool for item, pool in changed.items()},
        )
