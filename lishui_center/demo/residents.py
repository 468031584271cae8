"""The invented residents of the demo: names, demo phones, languages, homes."""

from dataclasses import dataclass
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.demo.people import phone_of
from services.bookings.visitors import Visitor
from services.household.models import FamilyMember

SURNAMES = "陈李黄张梁林王吴刘何罗杨郑周谢叶邓谭卢冯苏曾蔡潘黎区麦关简霍招孔庞招莫崔伍江钟"
GIVEN = (
    "志明家辉俊杰慧敏美玲婉婷子轩梓涵浩然嘉欣晓彤国强建华秀英桂芳丽珍永康文博雅静思远"
    "景行若水少芬伟业锦添泽恩诗雨天佑月娥玉莲振邦启航"
)
FIRST_NAMES = ["Anna", "Ben", "Carla", "David", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas"]
LAST_NAMES = ["Novak", "Silva", "Moreau", "Okafor", "Lindt", "Haddad", "Rossi", "Tanaka"]
IN_ENGLISH = 0.05
WITH_CONCESSION = 0.15
FIRST_PHONE = 100  # Those below belong to the demo's accounts.
MOST_RESIDENTS = 10_000 - FIRST_PHONE
USUAL_RESIDENTS = 8_000


@dataclass(frozen=True)
class Resident:
    """A person as bookings store one; sealed once, because sealing is slow."""

    name: str
    phone_sealed: str
    phone_hash: str
    person_hash: str
    language: str
    concession: bool
    user: User | None = None


def make_residents(rng: Random, scale: float) -> list[Resident]:
    """8,000 times `scale` people, as far as there are demo phones."""
    count = min(MOST_RESIDENTS, max(1_000, round(USUAL_RESIDENTS * scale)))
    return [_resident(rng, phone_of(FIRST_PHONE + number)) for number in range(count)]


def of_account(user: User, relative: FamilyMember | None = None) -> Resident:
    """The account's own person, or a relative who borrows its phone."""
    visitor = Visitor(user.display_name, user.phone, user.language, relative=relative)
    return Resident(
        name=relative.name if relative else user.display_name,
        phone_sealed=user.phone_sealed,
        phone_hash=user.phone_hash,
        person_hash=visitor.person_hash,
        language=user.language,
        concession=bool(relative and relative.concession),
        user=user,
    )


def _resident(rng: Random, phone: str) -> Resident:
    phone_hash = lookup_hash(phone)
    in_english = rng.random() < IN_ENGLISH
    return Resident(
        name=_english_name(rng) if in_english else chinese_name(rng),
        phone_sealed=seal(phone),
        phone_hash=phone_hash,
        person_hash=phone_hash,
        language="en" if in_english else "zh-hans",
        concession=rng.random() < WITH_CONCESSION,
    )


def chinese_name(rng: Random) -> str:
    """A surname and a given name."""
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice([1, 2, 2, 2])))


def _english_name(rng: Random) -> str:
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
