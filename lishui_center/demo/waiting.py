"""People waiting for a place on the full days."""

from datetime import datetime, timedelta

from lishui_center.common.clock import today
from lishui_center.demo.history import Historian
from lishui_center.demo.residents import Resident
from services.catalogue.models import Offering, ServiceItem
from services.hours.models import DayPlan
from services.slots.rules import cells_for
from services.waitlist.models import WaitlistEntry

MOST_PER_DAY = 3
WISHED_CELLS = 11  # People ask for a start within three hours.


def make_waitlist(historian: Historian, resident: Resident) -> None:
    """One to three people for each full day to come, and `resident` for the first of them."""
    items = {
        offering.pool_id: offering.item
        for offering in Offering.objects.filter(item__online=True).select_related("item")
    }
    full = [plan for plan in historian.full_days if plan.date > today(historian.now)]
    wishes = [(plan, person) for plan in full for person in _people(historian, plan)]
    own = [
        (plan, resident)
        for plan in full
        if historian.diary.admits(resident, plan.date, [items[plan.pool_id]])
    ]
    entries = [
        _entry(historian, plan, person, items[plan.pool_id]) for plan, person in own[:1] + wishes
    ]
    WaitlistEntry.objects.bulk_create(entries)
    WaitlistEntry.items.through.objects.bulk_create(
        WaitlistEntry.items.through(waitlistentry=entry, serviceitem=items[entry.pool_id])
        for entry in entries
    )


def _people(historian: Historian, plan: DayPlan) -> list[Resident]:
    """Different people, of those who go to that centre."""
    rng = historian.rng
    asked = [
        historian.cast.someone(rng, plan.pool.centre_id)
        for _ in range(rng.randint(1, MOST_PER_DAY))
    ]
    return list(dict.fromkeys(asked))


def _entry(
    historian: Historian, plan: DayPlan, person: Resident, item: ServiceItem
) -> WaitlistEntry:
    rng = historian.rng
    first, last = plan.spans[0][0], plan.spans[-1][1] - cells_for(item.minutes)
    earliest = rng.randint(first, max(first, last - WISHED_CELLS))
    return WaitlistEntry(
        reference=historian.diary.new_reference(rng),
        link_nonce=f"{rng.getrandbits(64):016x}",
        centre_id=plan.pool.centre_id,
        pool=plan.pool,
        date=plan.date,
        earliest_cell=earliest,
        latest_cell=min(last, earliest + WISHED_CELLS),
        cells=cells_for(item.minutes),
        name=person.name,
        phone_sealed=person.phone_sealed,
        phone_hash=person.phone_hash,
        person_hash=person.person_hash,
        concession=person.concession,
        language=person.language,
        user=person.user,
        created_at=_asked_at(historian),
    )


def _asked_at(historian: Historian) -> datetime:
    return (historian.now - timedelta(hours=historian.rng.uniform(1, 20))).replace(microsecond=0)
