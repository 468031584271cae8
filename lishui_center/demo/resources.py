"""What the demo's centres lend: halls, things, people; and their uses of three weeks."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.common.encryption import seal
from lishui_center.common.errors import RuleError
from lishui_center.demo.diary import Cast
from lishui_center.demo.places import Network
from lishui_center.demo.residents import Resident
from services.bookings.rules import REFERENCE_ALPHABET, REFERENCE_LENGTH
from services.bookings.visitors import Visitor
from services.centres.models import Centre
from services.lending.actions import Wanted, ask_use
from services.lending.models import ForKind, Use, UseCell, UseState
from services.resources.access import open_days
from services.resources.models import Kind, Resource, ResourceHours, State
from services.resources.rules import OpenDay

SEED = 60_141
PAST, AHEAD = timedelta(days=14), timedelta(days=7)
USED = 0.3
"""How often a resource is used on a day that it is open."""
CELLS, EVENING = 8, 74
ASKED_SHARE, CANCELLED_SHARE = 0.4, 0.1
PROJECTOR_EVERY = 3
TOWN = [
    # code, kind, Chinese, English, capacity, residents, approval
    ("hall", Kind.VENUE, "多功能厅", "Multi-purpose hall", 120, True, True),
    ("classroom", Kind.VENUE, "培训教室", "Classroom", 40, True, False),
    ("meeting", Kind.VENUE, "协商议事室", "Meeting room", 12, True, False),
    ("dance", Kind.VENUE, "舞蹈排练厅", "Dance room", 30, True, False),
    ("projector", Kind.EQUIPMENT, "投影仪", "Projector", 3, True, False),
    ("speaker", Kind.EQUIPMENT, "移动音响", "Portable speaker", 2, True, False),
    ("vests", Kind.EQUIPMENT, "红马甲", "Red vests", 60, False, False),
    ("chairs", Kind.EQUIPMENT, "折叠椅", "Folding chairs", 200, False, True),
    ("tents", Kind.EQUIPMENT, "活动帐篷", "Event tents", 6, False, True),
]
# Own hours: weekdays, from, until.
PEOPLE = [
    ("lawyer", Kind.EXPERT, "值班律师", "Lawyer on call", 1, True, ("35", 9, 12)),
    ("counsellor", Kind.EXPERT, "心理咨询师", "Counsellor", 1, True, ("26", 14, 18)),
    ("screening", Kind.ORGANISATION, "镇医院义诊队", "Screening team", 60, False, ("67", 8, 12)),
]
RULES = (
    "用后请关灯关空调，桌椅放回原处。",
    "Please switch off the lights and put the chairs back.",
)
PURPOSES = [
    "舞蹈排练",
    "党支部主题党日",
    "亲子阅读会",
    "居民议事会",
    "长者手机课",
    "义诊活动",
    "志愿者培训",
]


def make_resources(network: Network, users: dict[str, User], cast: Cast, *, now: datetime) -> None:
    """About 65 resources over all centres, with what was used lately and what is to come."""
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    resources = Resource.objects.bulk_create(list(_resources(network)))
    by_code = {resource.code: resource for resource in resources}
    ResourceHours.objects.bulk_create(
        ResourceHours(
            resource=by_code[code],
            weekdays=hours[0],
            opens=time(hours[1]),
            closes=time(hours[2]),
        )
        for code, *_rest, hours in PEOPLE
    )
    opened = open_days(resources, today(now) - PAST, today(now) + AHEAD, now=now)
    made = [
        _use(rng, cast, resource, day, users["clerk"], now)
        for resource in resources
        for day in opened[resource.pk]
        if day.runs and rng.random() < USED
    ]
    uses = Use.objects.bulk_create(made, batch_size=500)
    UseCell.objects.bulk_create(_cells(uses, today(now)), batch_size=500)
    _own_uses(by_code, users["resident"], now)


def _resources(network: Network) -> Iterator[Resource]:
    yield from _of_town(network)
    yield from _people()
    for number, centre in enumerate(network.communities):
        is_last = number == len(network.communities) - 1
        yield from _of_village(centre, number, State.RESTING if is_last else State.AVAILABLE)


def _of_town(network: Network) -> Iterator[Resource]:
    for code, kind, chinese, english, capacity, residents, approval in TOWN:
        yield Resource(
            code=f"town-{code}",
            kind=kind,
            centre=network.town,
            name_zh=f"镇中心{chinese}",
            name_en=f"Town Centre {english.lower()}",
            capacity=capacity,
            open_to_residents=residents,
            needs_approval=approval,
            terms_zh=RULES[0],
            terms_en=RULES[1],
        )


def _people() -> Iterator[Resource]:
    for code, kind, chinese, english, capacity, residents, _hours in PEOPLE:
        yield Resource(
            code=code,
            kind=kind,
            name_zh=chinese,
            name_en=english,
            capacity=capacity,
            open_to_residents=residents,
            contact_sealed=seal("0757-00000000"),
        )


def _of_village(centre: Centre, number: int, state: State) -> Iterator[Resource]:
    name_zh, name_en = centre.short_name_zh, centre.short_name_en
    yield Resource(
        code=f"{centre.code}-room",
        kind=Kind.VENUE,
        centre=centre,
        name_zh=f"{name_zh}活动室",
        name_en=f"{name_en} activity room",
        capacity=20 + number % 4 * 10,
        open_to_residents=True,
        needs_approval=number % 2 == 0,
        state=state,
        terms_zh=RULES[0],
        terms_en=RULES[1],
    )
    if number % PROJECTOR_EVERY == 0:
        yield Resource(
            code=f"{centre.code}-projector",
            kind=Kind.EQUIPMENT,
            centre=centre,
            name_zh=f"{name_zh}投影仪",
            name_en=f"{name_en} projector",
            capacity=1,
            open_to_residents=number % 2 == 0,
            needs_approval=False,
        )


def _use(
    rng: Random, cast: Cast, resource: Resource, day: OpenDay, clerk: User, now: datetime
) -> Use:
    """Two hours at most in one of the day's runs, by a resident or for the centre's own work."""
    first, end = rng.choice(day.runs)
    begins = rng.randrange(first, max(first + 1, end - CELLS + 1), 2)
    starts_at = moment(day.date, begins)
    ends_at = moment(day.date, min(begins + CELLS, end))
    person = _person(rng, cast, resource)
    return Use(
        reference="".join(rng.choices(REFERENCE_ALPHABET, k=REFERENCE_LENGTH)),
        link_nonce=f"{rng.getrandbits(64):016x}",
        resource=resource,
        starts_at=starts_at,
        ends_at=ends_at,
        units=rng.randint(1, resource.lanes),
        people=rng.randint(1, resource.capacity) if resource.kind == Kind.VENUE else None,
        purpose=rng.choice(PURPOSES),
        for_kind=ForKind.RESIDENT if person else ForKind.NONE,
        state=_state(rng, resource, starts_at, ends_at, now),
        name=person.name if person else "",
        phone_sealed=person.phone_sealed if person else "",
        phone_hash=person.phone_hash if person else "",
        language=person.language if person else "zh-hans",
        entered_by=None if person else clerk,
        created_at=starts_at - AHEAD,
    )


def _person(rng: Random, cast: Cast, resource: Resource) -> Resident | None:
    if not resource.open_to_residents or resource.centre_id is None:
        return None
    return cast.someone(rng, resource.centre_id)


def _state(
    rng: Random, resource: Resource, starts_at: datetime, ends_at: datetime, now: datetime
) -> UseState:
    if rng.random() < CANCELLED_SHARE:
        return UseState.CANCELLED
    if ends_at <= now:
        return UseState.DONE
    waits = resource.needs_approval and starts_at > now and rng.random() < ASKED_SHARE
    return UseState.ASKED if waits else UseState.CONFIRMED


def _cells(uses: list[Use], first: date) -> list[UseCell]:
    """The places of what is to come; one use a day and resource, so the lanes begin at nought."""
    return [
        UseCell(use=use, resource_id=use.resource_id, date=day, cell=cell, lane=lane)
        for use in uses
        if use.is_open
        for day, run in use.cells.items()
        if day >= first
        for cell in run
        for lane in range(use.units)
    ]


def _own_uses(by_code: dict[str, Resource], user: User, now: datetime) -> None:
    """What resident@demo.lishui asked for, where it is still free: by the real action."""
    visitor = Visitor(user.display_name, user.phone, user.language, user=user)
    for code, ahead in (("town-dance", 3), ("town-hall", 6)):
        starts_at = moment(today(now) + timedelta(days=ahead), EVENING)
        wanted = Wanted(
            resource=by_code[code],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            purpose=PURPOSES[0],
            people=12,
            visitor=visitor,
        )
        with suppress(RuleError):
            ask_use(wanted=wanted, now=now)
