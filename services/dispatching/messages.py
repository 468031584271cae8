"""What the staff of a unit are told: a need for them, one sent back, a deadline near or past."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.accounts.rules import STAFF_ROLES, Role, Scope
from lishui_center.common.clock import today
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify_all
from lishui_center.notifications.subjects import Snapshot
from services.clocks.models import SlaClock
from services.requests.models import ServiceRequest
from services.requests.rules import Act
from services.requests.targets import KINDS

TOLD = {
    Act.DISPATCH: "need_assigned",
    Act.RETURN: "need_returned",
    Act.ESCALATE: "need_supervised",
    Act.TO_PROJECT: "need_assigned",
}


def tell_unit(need: ServiceRequest, act: Act, *, now: datetime) -> None:
    """Those who have it now."""
    if kind := TOLD.get(act):
        _tell(need, kind, f"{kind}-{need.version}", now)


def tell_deadline(clock: SlaClock, kind: str, *, now: datetime) -> None:
    """The clock is nearly due, or is past due: once for each deadline."""
    _tell(clock.request, kind, f"clock-{clock.pk}-{kind}", now)


def staff_of(need: ServiceRequest, day: datetime) -> list[User]:
    """The unit's staff and managers, else the town's administrators."""
    grants = RoleGrant.objects.in_force(today(day))
    centre_id = need.handler_id or need.responsible_id
    own = grants.filter(role__in=STAFF_ROLES, scope=Scope.CENTRE, scope_id=centre_id)
    town = grants.filter(role=Role.TOWN_ADMIN)
    for chosen in [town] if need.is_with_town else [own, town]:
        found = User.objects.filter(pk__in=chosen.values("user"), is_active=True)
        if staff := list(found.order_by("pk")):
            return staff
    return []


def people_of_unit(need: ServiceRequest, now: datetime) -> Sequence[User]:
    """Who acts for the team or project that has it; nobody while a centre has."""
    kind = KINDS.get(need.target_kind)
    return kind.people(need.target_code, today(now)) if kind else []


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Needs as the staff's messages see them (notifications.subjects)."""
    needs = ServiceRequest.objects.filter(pk__in=pks).select_related("centre")
    return {
        need.pk: Snapshot(
            version=1,
            live=need.is_open,
            centre_id=need.responsible_id,
            context={
                "reference": need.reference,
                "about": need.get_category_display(),
                "centre": need.centre.short_name,
                "due": message_date(today(need.deadline)) if need.deadline else "",
                "url": f"{settings.SITE_URL}{reverse('staff:need', args=[need.reference])}",
            },
        )
        for need in needs.prefetch_related("clocks")
    }


def _tell(need: ServiceRequest, kind: str, key: str, now: datetime) -> None:
    of_unit = people_of_unit(need, now)
    staff = [] if kind == "need_assigned" and of_unit else staff_of(need, now)
    page = KINDS[need.target_kind].page(need.reference) if of_unit else ""
    own = {user.pk: {"url": f"{settings.SITE_URL}{page}"} for user in of_unit}
    notify_all(
        [
            Message(
                kind=kind,
                key=f"need-{need.pk}-{key}-{user.pk}",
                recipient=recipient_of(user),
                due_at=now,
                subject=("need_work", need.pk, 1),
                context=own.get(user.pk, {}),
            )
            for user in {user.pk: user for user in (*staff, *of_unit)}.values()
        ]
    )
