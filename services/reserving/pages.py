"""The three steps as pages, each with what it needs to be shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lishui_center.common import htmx
from lishui_center.common.clock import CELL_MINUTES, today
from lishui_center.common.errors import RuleError
from services.bookings.rules import change_deadline
from services.catalogue.access import (
    Visit,
    centres_for,
    documents_of,
    items_with_codes,
    offers_at,
)
from services.catalogue.models import ServiceItem
from services.centres.chosen import remember_centre
from services.hours.access import sign_of
from services.reserving.asked import Asked
from services.reserving.forms import DetailsForm
from services.reserving.held import held_by, idempotency_key
from services.slots.access import days_for, terms_of
from services.slots.actions import Hold
from services.slots.grid import TIME_REFUSALS, alternatives, make_grid
from services.slots.models import DaySlots
from services.slots.rules import cells_for, last_released

FOLDER = "services/reserving/"


@dataclass(frozen=True)
class Choice:
    """One item to choose; without `href` it is only done on the spot."""

    item: ServiceItem
    href: str


@dataclass(frozen=True)
class Step:
    """One request of the second or third step, whose visit is known."""

    request: HttpRequest
    asked: Asked
    visit: Visit
    now: datetime


def choose_page(
    request: HttpRequest,
    asked: Asked,
    *,
    visit: Visit | None,
    now: datetime,
    refusal: RuleError | None = None,
) -> HttpResponse:
    """Step 1: what the person wants done, and where."""
    items = items_with_codes(asked.items)
    context = {
        "asked": asked,
        "centre": asked.centre,
        "sign": sign_of(asked.centre, now=now),
        "visit": visit,
        "chosen": [(item, asked.query_without(item.code)) for item in items],
        "documents": documents_of(items),
        "choices": _choices(asked, visit),
        "centres": centres_for([item.code for item in items]),
        "refusal": refusal,
    }
    return _answer(request, asked, "item.html#items", context, refusal)


def times_page(
    step: Step, *, refusal: RuleError | None = None, wanted: datetime | None = None
) -> HttpResponse:
    """Step 2: when. After a refusal the free times nearest to the `wanted` one come first."""
    asked, visit, now = step.asked, step.visit, step.now
    days = bookable_days(visit, now=now)
    held = held_by(step.request, asked.query)
    kept = held if held and held.expires_at > now else None
    day = today(wanted) if wanted and asked.day is None else asked.day
    context = {
        "asked": asked,
        "centre": asked.centre,
        "sign": sign_of(asked.centre, now=now),
        "visit": visit,
        "documents": documents_of(visit.items),
        "grid": make_grid(
            days,
            day,
            query=asked.query,
            waitlist=reverse("waitlist:join"),
            chosen=kept.start if kept else None,
            now=now,
        ),
        "hold": kept,
        "details_query": asked.query_at(kept.start) if kept else "",
        "refusal": refusal,
        "alternatives": alternatives(days, refusal, wanted),
    }
    return _answer(step.request, asked, "time.html#times", context, refusal)


def details_page(
    step: Step, *, hold: Hold, form: DetailsForm, refusal: RuleError | None = None
) -> HttpResponse:
    """Step 3: who comes. What was typed stays, whatever was refused."""
    asked, visit, now = step.asked, step.visit, step.now
    days = bookable_days(visit, now=now) if isinstance(refusal, TIME_REFUSALS) else []
    context = {
        "asked": asked,
        "centre": asked.centre,
        "sign": sign_of(asked.centre, now=now),
        "visit": visit,
        "documents": documents_of(visit.items),
        "hold": hold,
        "ends_at": hold.start + timedelta(minutes=cells_for(visit.minutes) * CELL_MINUTES),
        "change_until": change_deadline(hold.start, visit.policy.cancel_before_minutes),
        "is_kept": hold.expires_at > now,
        "key": idempotency_key(step.request, hold),
        "form": form,
        "action": f"?{asked.query_at(hold.start)}",
        "times_query": asked.query_on(today(hold.start)),
        "refusal": refusal,
        "alternatives": alternatives(days, refusal, hold.start),
    }
    return _answer(step.request, asked, "details.html#details", context, refusal)


def bookable_days(visit: Visit, *, now: datetime) -> list[DaySlots]:
    """Today and the days released after it."""
    last = last_released(terms_of(visit.policy), now)
    return list(days_for(visit, first=today(now), last=last, now=now))


def _choices(asked: Asked, visit: Visit | None) -> list[Choice]:
    """What can be chosen; once something is, only what the same windows handle."""
    return [
        Choice(
            offer.item,
            urlencode([*asked.base, ("item", offer.item.code)]) if offer.item.online else "",
        )
        for offer in offers_at(asked.centre, asked.search)
        if offer.item.code not in asked.items
        and (visit is None or (offer.pool_id == visit.pool.pk and offer.item.online))
    ]


def _answer(
    request: HttpRequest,
    asked: Asked,
    template: str,
    context: dict[str, Any],
    refusal: RuleError | None,
) -> HttpResponse:
    """`template` is a page and, after the #, its part for htmx."""
    page, _, part = template.partition("#")
    status = refusal.status if refusal else None
    response = htmx.render(request, FOLDER + page, part=part, context=context, status=status)
    remember_centre(request, response, asked.centre)
    return response
