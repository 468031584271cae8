"""Which needs the desk looks at, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from services.centres.models import Centre
from services.clocks.models import SlaClock
from services.requests.access import needs_seen_by
from services.requests.models import RequestEvent, ServiceRequest, ServiceRequestQuerySet
from services.requests.rules import AT_WORK, NEW, OVER, TO_CONFIRM, State

IN_A_COLUMN = 12

COLUMNS: dict[str, tuple[str | Promise, frozenset[State]]] = {
    "new": (pgettext_lazy("needs", "New"), NEW),
    "triaged": (pgettext_lazy("needs", "To pass on"), frozenset({State.TRIAGED})),
    "sent": (pgettext_lazy("needs", "Not yet taken on"), frozenset({State.DISPATCHED})),
    "working": (
        pgettext_lazy("needs", "Being worked on"),
        AT_WORK | {State.ESCALATED_TO_PROJECT},
    ),
    "asked": (
        pgettext_lazy("needs", "Waiting for the person"),
        frozenset({State.WAITING_RESIDENT}),
    ),
    "confirm": (pgettext_lazy("needs", "To be confirmed"), TO_CONFIRM),
}
OVER_KEY = "over"


@dataclass(frozen=True)
class NeedFilter:
    """What to list; empty values narrow nothing."""

    column: str = ""
    category: str = ""
    centre: Centre | None = None
    overdue: bool = False
    mine: bool = False
    held: bool = False
    text: str = ""


@dataclass
class Column:
    """One column of the board: how many there are, and the first of them."""

    key: str
    title: str | Promise
    count: int = 0
    needs: list[ServiceRequest] = field(default_factory=list)


def needs_wanted(
    user: User, wanted: NeedFilter, *, today: date, now: datetime
) -> ServiceRequestQuerySet:
    """The needs asked for, of those that the person sees."""
    found = needs_seen_by(user, today)
    if wanted.column in COLUMNS:
        found = found.in_states(COLUMNS[wanted.column][1])
    elif wanted.column == OVER_KEY:
        found = found.in_states(OVER)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.centre:
        found = found.filter(
            Q(centre=wanted.centre) | Q(responsible=wanted.centre) | Q(handler=wanted.centre)
        )
    return _marked(found, user, wanted, now)


def _marked(
    found: ServiceRequestQuerySet, user: User, wanted: NeedFilter, now: datetime
) -> ServiceRequestQuerySet:
    if wanted.overdue:
        late = SlaClock.objects.overdue(now).filter(request=OuterRef("pk"))
        found = found.filter(Exists(late))
    if wanted.mine:
        done = RequestEvent.objects.filter(request=OuterRef("pk"), actor=user)
        found = found.filter(Exists(done))
    if wanted.held:
        found = found.filter(is_held=True)
    if wanted.text:
        named = Q(reference__iexact=wanted.text) | Q(text__icontains=wanted.text)
        found = found.filter(named | Q(place__icontains=wanted.text))
    return found


def board_of(found: ServiceRequestQuerySet) -> Sequence[Column]:
    """The columns with the longest waiting first: four queries, however many needs there are."""
    columns = {key: Column(key, title) for key, (title, _states) in COLUMNS.items()}
    by_state = {state: key for key, (_t, states) in COLUMNS.items() for state in states}
    shown = found.filter(state__in=list(by_state))
    counted = shown.order_by().values_list("state").annotate(Count("pk"))
    for state, number in counted:
        columns[by_state[State(state)]].count += number
    column = Case(
        *(When(state__in=states, then=Value(key)) for key, (_t, states) in COLUMNS.items()),
        output_field=CharField(),
    )
    place = Window(
        RowNumber(), partition_by=[column], order_by=[F("moved_at").asc(), F("pk").asc()]
    )
    # Only keys are put in order; the few that are shown are read by them.
    first = shown.order_by().annotate(board_place=place).filter(board_place__lte=IN_A_COLUMN)
    keys = list(first.values_list("pk", flat=True))
    whole = ServiceRequest.objects.filter(pk__in=keys).for_list()
    for need in whole.order_by("moved_at", "pk"):
        columns[by_state[State(need.state)]].needs.append(need)
    return list(columns.values())
