"""The 40 service items of the demo, with their documents, and who handles them where."""

from lishui_center.demo.places import Network
from lishui_center.demo.tables import rows
from services.catalogue.models import Offering, RequiredDocument, ServiceItem


def make_catalogue(network: Network) -> list[ServiceItem]:
    """Store the items; the town takes all of them, a village the everyday ones."""
    table = rows("service_items")
    items = ServiceItem.objects.bulk_create(_item(row) for row in table)
    RequiredDocument.objects.bulk_create(
        document
        for item, row in zip(items, table, strict=True)
        for document in _documents(item, row)
    )
    everyday = {row["code"] for row in table if row["everyday"] == "true"}
    town_pool = {row["code"]: row["pool"] for row in table}
    Offering.objects.bulk_create(
        Offering(centre_id=pool.centre_id, item=item, pool=pool)
        for pool in network.pools
        for item in items
        if (
            town_pool[item.code] == pool.code
            if pool.centre_id == network.town.pk
            else item.code in everyday
        )
    )
    return items


def _item(row: dict[str, str]) -> ServiceItem:
    return ServiceItem(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        short_name_zh=row["short_name_zh"],
        short_name_en=row["short_name_en"],
        category=row["category"],
        audience=row["audience"],
        minutes=int(row["minutes"]),
        online=row["online"] == "true",
        keywords=row["keywords"],
    )


def _documents(item: ServiceItem, row: dict[str, str]) -> list[RequiredDocument]:
    pairs = zip(row["documents_zh"].split("；"), row["documents_en"].split("; "), strict=True)
    return [
        RequiredDocument(item=item, position=position, name_zh=chinese, name_en=english)
        for position, (chinese, english) in enumerate(pairs, start=1)
    ]
