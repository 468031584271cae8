"""The network of the demo: 1 town centre, 40 village/community centres, 12 stations."""

import re
from dataclasses import dataclass

from lishui_center.demo.tables import rows
from services.centres.models import BookingPolicy, Centre, Pool, Tier, Window

ONLINE_PERCENT = 60  # At least 40 % of the lanes stay for walk-ins (domain.md).
VILLAGE_WINDOWS = 2
POOLS = [
    ("A", 3, "党群事务", "Party and mass affairs"),
    ("B", 6, "社会保障与民政", "Social security and civil affairs"),
    ("C", 6, "新市民与跨城服务", "New residents and cross-city services"),
    ("D", 3, "群团与志愿服务", "Mass organisations and volunteering"),
    ("E", 2, "场地与文化", "Venues and culture"),
    ("F", 4, "法律服务与诉求", "Legal services and needs"),
]


@dataclass(frozen=True)
class Network:
    """What was made, in the order of the tables."""

    town: Centre
    communities: list[Centre]
    pools: list[Pool]


def make_network() -> Network:
    """Store the centres with their policies, pools and windows."""
    town = _make_town()
    communities = _make_communities(town)
    stations = _make_stations({centre.code: centre for centre in communities})
    BookingPolicy.objects.bulk_create(
        BookingPolicy(centre=centre) for centre in [town, *communities, *stations]
    )
    pools = Pool.objects.bulk_create(
        [_pool(town, *row) for row in POOLS]
        + [
            _pool(centre, "A", VILLAGE_WINDOWS, "综合服务", "All services")
            for centre in communities
        ]
    )
    _make_windows(pools)
    return Network(town, communities, pools)


def lanes_online(windows: int) -> int:
    """How many of a pool's windows take bookings."""
    return windows * ONLINE_PERCENT // 100


def _make_town() -> Centre:
    return Centre.objects.create(
        code="town",
        tier=Tier.TOWN,
        name_zh="里水镇党群服务中心",
        name_en="Lishui Town Party and Mass Service Centre",
        short_name_zh="镇中心",
        short_name_en="Town Centre",
        address_zh="里水镇示范大道 1 号（演示地址）",
        address_en="1 Demonstration Avenue, Lishui Town (demo address)",
        directions_zh="A、B 区在一楼，C、D 区在二楼，E、F 区在三楼，电梯在大厅右侧。",
        directions_en="A and B are on the ground floor, C and D on the first, E and F on the "
        "second; the lifts are on the right of the hall.",
        phone="0757-00000000",
    )


def _make_communities(town: Centre) -> list[Centre]:
    return Centre.objects.bulk_create(
        Centre(
            code=_slug(row["name_en"]),
            tier=Tier.COMMUNITY,
            parent=town,
            name_zh=f"{row['name_zh']}党群服务中心",
            name_en=f"{row['name_en']} Party and Mass Service Centre",
            short_name_zh=row["name_zh"],
            short_name_en=row["name_en"].split()[0],
            address_zh=f"里水镇{row['name_zh']}示范路 {number} 号（演示地址）",
            address_en=f"{number} Demonstration Road, {row['name_en']}, Lishui (demo address)",
            directions_zh="进门右手边是综合窗口，门口有无障碍坡道。",
            directions_en="The windows are on the right of the entrance; there is a ramp.",
            phone=f"0757-000000{number:02d}",
            is_invented=row["certainty"] == "invented for demo",
        )
        for number, row in enumerate(rows("villages"), start=1)
    )


def _make_stations(parents: dict[str, Centre]) -> list[Centre]:
    return Centre.objects.bulk_create(
        Centre(
            code=row["code"],
            tier=Tier.STATION,
            parent=parents[row["parent"]],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            short_name_zh=row["name_zh"].removesuffix("党群服务站"),
            short_name_en=row["name_en"].removesuffix(" Service Station"),
            address_zh=f"{parents[row['parent']].short_name_zh}辖区内（演示地址）",
            address_en=f"In the area of {parents[row['parent']].short_name_en} (demo address)",
            phone=parents[row["parent"]].phone,
            is_invented=True,
        )
        for row in rows("stations")
    )


def _pool(centre: Centre, code: str, windows: int, name_zh: str, name_en: str) -> Pool:
    return Pool(
        centre=centre,
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        lanes_total=windows,
        lanes_online=lanes_online(windows),
    )


def _make_windows(pools: list[Pool]) -> None:
    """Windows are numbered through a centre, pool after pool."""
    last: dict[int, int] = {}
    windows = []
    for pool in pools:
        first = last.get(pool.centre_id, 0) + 1
        last[pool.centre_id] = first + pool.lanes_total - 1
        windows += [
            Window(centre=pool.centre, pool=pool, number=number)
            for number in range(first, last[pool.centre_id] + 1)
        ]
    Window.objects.bulk_create(windows)


def _slug(name_en: str) -> str:
    """'shachong' from 'Shachong Community'."""
    kind = r" (Community|Village)$"
    return re.sub(kind, "", name_en).lower().replace(" ", "-")
