"""Who is a member today, and who sees which profile and letter."""

from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import roles_of
from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import TRAIL_READERS, Role
from thinktank.experts.errors import TermEndedError
from thinktank.experts.models import (
    ISSUED,
    Engagement,
    EngagementQuerySet,
    ExpertProfile,
    ExpertQuerySet,
)


def town_admins(day: date) -> list[User]:
    """Everybody who administers the town that day."""
    grants = RoleGrant.objects.in_force(day).filter(role=Role.TOWN_ADMIN)
    return list(User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk"))


def reads_all(user: object, day: date) -> bool:
    """Whether the person may read everything of the think tank: administrators and auditors."""
    return isinstance(user, User) and bool(roles_of(user, day) & TRAIL_READERS)


def is_member(user: User, day: date) -> bool:
    """Whether the person has a term that holds that day."""
    return Engagement.objects.current(day).filter(expert__user=user).exists()


def require_member(user: User, day: date) -> ExpertProfile:
    """The profile of a member in office.

    Raises:
        TermEndedError: no term of the person holds that day.
    """
    profile = ExpertProfile.objects.of_user(user)
    if profile is None or not is_member(user, day):
        raise TermEndedError
    return profile


def has_desk(user: object) -> bool:
    """Whether the person is or was a member, hence has a desk."""
    return isinstance(user, User) and ExpertProfile.objects.of_user(user) is not None


def get_own_profile(user: User) -> ExpertProfile:
    """The person's own profile, also after the term; 404 for whoever never was a member."""
    return get_object_or_404(ExpertProfile, user=user)


def get_member_profile(user: User, day: date) -> ExpertProfile:
    """The person's own profile, or 404 for anyone without a term today."""
    return get_object_or_404(ExpertProfile.objects.current(day), user=user)


def members_listed(day: date) -> ExpertQuerySet:
    """The public list: members in office first, by field."""
    return ExpertProfile.objects.listed().with_terms(day)


def is_in_office(listed: ExpertProfile) -> bool:
    """Whether a member of a list has a term today, as `with_terms` asked; no query."""
    return bool(getattr(listed, "is_current", False))


def get_listed(code: str, day: date) -> ExpertProfile:
    """A public profile, or 404."""
    return get_object_or_404(members_listed(day), code=code)


def profiles_for_office(day: date) -> ExpertQuerySet:
    """Everybody who is or was a member, or is to become one."""
    return ExpertProfile.objects.with_terms(day)


def get_for_office(code: str, day: date) -> ExpertProfile:
    """A profile for the town's pages, or 404."""
    return get_object_or_404(profiles_for_office(day), code=code)


def engagements_for_office(user: User, day: date) -> EngagementQuerySet:
    """All terms for who may read everything; nobody else any."""
    found = Engagement.objects.for_list()
    return found if reads_all(user, day) else found.none()


def get_letter(user: User, pk: int, day: date) -> Engagement:
    """A letter for the town, or the member's own once it is issued; else 404."""
    own = Q(expert__user=user, state__in=ISSUED)
    letters = Engagement.objects.select_related("expert", "issued_by")
    found = letters if reads_all(user, day) else letters.filter(own)
    return get_object_or_404(found, pk=pk)


def get_engagement(user: User, pk: int, day: date) -> Engagement:
    """A term for the town's administrator to decide on, or 404."""
    if not user.is_town_admin(day):
        raise Http404
    return get_object_or_404(Engagement.objects.select_related("expert"), pk=pk)
