"""Saying to whom a category's needs usually go. Only this file writes rules."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.centres.models import Centre
from services.requests.errors import TargetUnknownError
from services.requests.models import BODY_LENGTH
from services.routing.access import takes
from services.routing.errors import BodyMissingError, RouteExistsError
from services.routing.models import OUTSIDE, OWN, Route


@dataclass(frozen=True)
class Target:
    """A unit by kind and code, OWN, or OUTSIDE with the authority's name."""

    kind: str
    code: str = ""
    body: str = ""

    def checked(self) -> "Target":
        """The same with only what its kind has.

        Raises:
            BodyMissingError, TargetUnknownError
        """
        if self.kind == OWN:
            return Target(OWN)
        if self.kind == OUTSIDE:
            body = self.body.strip()[:BODY_LENGTH]
            if not body:
                raise BodyMissingError
            return Target(OUTSIDE, body=body)
        if not takes(self.kind, self.code):
            raise TargetUnknownError
        return Target(self.kind, self.code)


@transaction.atomic
def add_route(
    *, category: str, centre: Centre | None, target: Target, by: User, now: datetime
) -> Route:
    """Set a rule for the category: for the centre, else for the whole town.

    Raises:
        RouteExistsError, BodyMissingError, TargetUnknownError: nothing was written.
    """
    given = target.checked()
    try:
        with transaction.atomic():
            route = Route.objects.create(
                category=category,
                centre=centre,
                target_kind=given.kind,
                target_code=given.code,
                body=given.body,
                set_by=by,
                set_at=now,
            )
    except IntegrityError as refusal:
        raise RouteExistsError from refusal
    _record(by, "need.route_added", route)
    return route


@transaction.atomic
def change_route(*, route_id: int, target: Target, by: User, now: datetime) -> Route:
    """Name another target; what was passed on before stays where it is.

    Raises:
        BodyMissingError, TargetUnknownError: nothing was written.
    """
    given = target.checked()
    route = Route.objects.select_for_update(no_key=True).get(pk=route_id)
    before = f"{route.target_kind} {route.target_code}".strip()
    route.target_kind, route.target_code, route.body = given.kind, given.code, given.body
    route.set_by, route.set_at = by, now
    route.save(update_fields=["target_kind", "target_code", "body", "set_by", "set_at"])
    _record(by, "need.route_changed", route, before=before)
    return route


@transaction.atomic
def remove_route(*, route_id: int, by: User) -> None:
    """From now on nothing is proposed by this rule; a second removal does nothing."""
    route = Route.objects.select_for_update(no_key=True).filter(pk=route_id).first()
    if route is None:
        return
    _record(by, "need.route_removed", route)
    route.delete()


def _record(by: User, action: str, route: Route, *, before: str = "") -> None:
    record(
        by,
        action,
        route,
        centre_id=route.centre_id,
        category=route.category,
        target_kind=route.target_kind,
        target_code=route.target_code,
        before=before,
    )
