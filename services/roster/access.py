"""Who plans a roster, who sees it, and whose shifts, leaves and swaps are whose."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import STAFF_ROLES, Role, Scope
from services.centres.access import centres_managed_by, centres_staffed_by
from services.centres.models import Centre, CentreQuerySet
from services.roster.models import (
    Leave,
    LeaveQuerySet,
    RosterPolicy,
    Shift,
    ShiftQuerySet,
    SwapQuerySet,
    SwapRequest,
)


def get_centre_to_see(user: User, code: str, today: date) -> Centre:
    """The centre, or 404 for anyone who does not work there."""
    return get_object_or_404(centres_staffed_by(user, today), code=code)


def get_centre_to_plan(user: User, code: str, today: date) -> Centre:
    """The centre, or 404 for anyone who does not manage it."""
    return get_object_or_404(centres_managed_by(user, today).bookable(), code=code)


def centres_with_roster() -> CentreQuerySet:
    """Centres where somebody was ever put on the roster: only those can have gaps in it."""
    return Centre.objects.bookable().filter(Exists(Shift.objects.filter(centre=OuterRef("pk"))))


def rosters_kept_by(user: User, today: date) -> list[Centre]:
    """The centres with a roster that the person manages."""
    return list(centres_with_roster().filter(managed_centres(user, today, field="pk")))


def get_shift_to_plan(centre: Centre, pk: int) -> Shift:
    """The centre's shift, or 404."""
    return get_object_or_404(Shift.objects.for_list().filter(centre=centre), pk=pk)


def get_roster_policy(centre: Centre) -> RosterPolicy:
    """What the centre's roster is for; the defaults while nothing was stored."""
    found = RosterPolicy.objects.filter(centre=centre).first()
    return found or RosterPolicy(centre=centre)


def shifts_of(user: User, first: date) -> ShiftQuerySet:
    """The person's own shifts from that day on, at every centre."""
    return Shift.objects.for_list().filter(staff=user, date__gte=first)


def get_own_shift(user: User, pk: int) -> Shift:
    """The shift, or 404 for anyone else."""
    return get_object_or_404(Shift.objects.for_list().filter(staff=user), pk=pk)


def staff_of(centre_id: int, day: date) -> list[User]:
    """Who can be put on the centre's roster that day, by name."""
    found = User.objects.filter(pk__in=_grants_at(centre_id, day).values("user"), is_active=True)
    return list(found.order_by("display_name", "pk"))


def is_staff_of(centre_id: int, day: date, user: User) -> bool:
    """Whether the person is one of those."""
    return user.is_active and _grants_at(centre_id, day).filter(user=user).exists()


def managers_of(centre_id: int, day: date) -> list[User]:
    """Who is told about the centre's gaps: its managers, else the town's administrators."""
    grants = RoleGrant.objects.in_force(day)
    own = grants.filter(role=Role.CENTRE_MANAGER, scope=Scope.CENTRE, scope_id=centre_id)
    for chosen in (own, grants.filter(role=Role.TOWN_ADMIN)):
        found = User.objects.filter(pk__in=chosen.values("user"), is_active=True)
        if managers := list(found.order_by("pk")):
            return managers
    return []


def leaves_to_decide(user: User, today: date) -> LeaveQuerySet:
    """The leaves of the centres that the person manages, without the person's own."""
    return Leave.objects.for_list().filter(managed_centres(user, today)).exclude(staff=user)


def get_leave_to_decide(user: User, pk: int, today: date) -> Leave:
    """The leave, or 404: nobody decides on their own."""
    return get_object_or_404(leaves_to_decide(user, today), pk=pk)


def leaves_of(user: User, first: date) -> LeaveQuerySet:
    """The person's own leaves that are not over."""
    return Leave.objects.for_list().filter(staff=user, last__gte=first)


def get_own_leave(user: User, pk: int) -> Leave:
    """The person's own leave, or 404."""
    return get_object_or_404(Leave.objects.for_list(), staff=user, pk=pk)


def swaps_of(user: User) -> SwapQuerySet:
    """The open requests that the person made or has to answer."""
    return SwapRequest.objects.for_list().of(user).open()


def get_swap(user: User, pk: int) -> SwapRequest:
    """The request, or 404 for anyone but the two people."""
    return get_object_or_404(SwapRequest.objects.for_list().of(user), pk=pk)


def name_on_roster(user: User) -> str:
    """The whole name: those who read a roster work together, and masked ones are too alike."""
    return user.display_name or user.masked_name


def _grants_at(centre_id: int, day: date) -> QuerySet[RoleGrant]:
    """What makes people the centre's staff: a role there, or at every window of the town."""
    here = Q(scope=Scope.CENTRE, scope_id=centre_id, role__in=STAFF_ROLES)
    anywhere = Q(scope=Scope.TOWN, role=Role.CENTRE_STAFF)
    return RoleGrant.objects.in_force(day).filter(here | anywhere)
