"""Who usually gets a need, which rules somebody keeps, and which of them still hold."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from services.centres.access import centres_managed_by
from services.centres.models import Centre, CentreQuerySet
from services.requests.access import unit_for
from services.requests.models import ServiceRequest
from services.requests.projects import PROJECT
from services.requests.targets import CENTRE, KINDS
from services.routing.models import OUTSIDE, OWN, Route, RouteQuerySet

Choices = list[tuple[str | Promise, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Usual:
    """To whom a need usually goes, and by which rule; broken where that takes no needs any more.

    `kind` and `code` are those of a unit, or OUTSIDE with `body`.
    """

    kind: str
    code: str
    body: str
    name: str
    reason: str
    is_broken: bool

    @property
    def is_outside(self) -> bool:
        return self.kind == OUTSIDE


@dataclass(frozen=True)
class Line:
    """A rule as the page of rules shows it."""

    route: Route
    name: str
    is_broken: bool

    @property
    def where(self) -> str:
        """The centre, or all of them."""
        return self.route.centre.short_name if self.route.centre else _("All centres")


def usual_of(need: ServiceRequest) -> Usual | None:
    """What the most specific rule says; a broken one does not give way to the town's.

    The centre that set it wanted something else than the town, so a person has to look.
    """
    unit = unit_for(need.centre)
    route = Route.objects.for_category(need.category, unit.pk).first()
    if route is None:
        return None
    kind, code = (CENTRE, unit.code) if route.target_kind == OWN else _target(route)
    holds = kind == OUTSIDE or takes(kind, code)
    name = unit.short_name if route.target_kind == OWN else names_of([route])[route.pk]
    about = {"about": need.get_category_display()}
    reason = (
        _("Usual for “%(about)s” at this centre.")
        if route.centre_id
        else _("Usual for “%(about)s” in the whole town.")
    )
    return Usual(kind, code, route.body, name, reason % about, not holds)


def takes(kind: str, code: str) -> bool:
    """Whether such a unit takes needs now."""
    if kind == CENTRE:
        return _receiving().filter(code=code).exists()
    known = KINDS.get(kind)
    return known is not None and code in known.names()


def units_by_kind(*, without: Collection[str] = ()) -> Choices:
    """Every unit that takes needs: [(kind, [("kind:code", name), …]), …]."""
    centres = [(f"{CENTRE}:{centre.code}", centre.short_name) for centre in _receiving()]
    groups: Choices = [(gettext_lazy("Centres"), centres)]
    for kind, target in KINDS.items():
        if kind not in without:
            named = [(f"{kind}:{code}", name) for code, name in target.names().items()]
            groups.append((target.title, named))
    return groups


def lasting_units() -> Choices:
    """The units that a rule can name: a project ends too soon."""
    return units_by_kind(without=[PROJECT])


def routes_kept_by(user: User, day: date) -> RouteQuerySet:
    """The rules that the person may change: the town's administrators all, managers their own."""
    return Route.objects.filter(managed_centres(user, day))


def routes_seen_by(
    user: User, day: date, *, category: str = "", centre: Centre | None = None
) -> RouteQuerySet:
    """The same, and the town's rules, which hold at every centre that has none of its own."""
    found = Route.objects.all()
    if not user.is_town_admin(day):
        found = found.filter(managed_centres(user, day) | Q(centre=None))
    wanted = {"category": category, "centre": centre}
    return found.filter(**{name: value for name, value in wanted.items() if value})


def get_route_to_change(user: User, pk: int, day: date) -> Route:
    """The rule, or 404 for anyone who does not keep it."""
    return get_object_or_404(routes_kept_by(user, day).select_related("centre"), pk=pk)


def centres_with_routes(user: User, day: date) -> CentreQuerySet:
    """The centres for which the person sets rules; a station goes by its parent's."""
    return centres_managed_by(user, day).exclude(tier="station")


def lines_of(routes: Iterable[Route]) -> list[Line]:
    """The rules with their targets' names: a fixed number of queries, however many there are."""
    listed = list(routes)
    names = names_of(listed)
    taking = _taking({route.target_kind for route in listed})
    return [Line(route, names[route.pk], _is_broken(route, taking)) for route in listed]


def names_of(routes: Iterable[Route]) -> dict[int, str]:
    """{rule: its target's name}, also of those that take none any more."""
    listed = list(routes)
    codes: dict[str, set[str]] = {}
    for route in listed:
        codes.setdefault(route.target_kind, set()).add(route.target_code)
    known = {kind: _names(kind, of_kind) for kind, of_kind in codes.items()}
    return {
        route.pk: route.body
        or known[route.target_kind].get(route.target_code, "")
        or route.target_code
        for route in listed
    }


def _names(kind: str, codes: Collection[str]) -> Mapping[str, str]:
    if kind == OWN:
        return {"": pgettext("route", "The need's own centre")}
    if kind == CENTRE:
        found = Centre.objects.filter(code__in=codes)
        return {centre.code: centre.short_name for centre in found}
    target = KINDS.get(kind)
    return target.names_of(codes) if target else {}


def _taking(kinds: Collection[str]) -> dict[str, frozenset[str]]:
    """{kind: the codes of those that take needs}."""
    taking = {kind: frozenset(KINDS[kind].names()) for kind in kinds if kind in KINDS}
    if CENTRE in kinds:
        taking[CENTRE] = frozenset(_receiving().values_list("code", flat=True))
    return taking


def _is_broken(route: Route, taking: Mapping[str, frozenset[str]]) -> bool:
    if route.target_kind in {OWN, OUTSIDE}:
        return False
    return route.target_code not in taking.get(route.target_kind, frozenset())


def _target(route: Route) -> tuple[str, str]:
    return route.target_kind, route.target_code


def _receiving() -> CentreQuerySet:
    return Centre.objects.active().exclude(tier="station")
