"""Engaging members of the think tank. Only this file writes profiles, terms and their days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.roles.actions import grant_role, revoke_role
from lishui_center.accounts.rules import Role, Scope
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from thinktank.experts import rules
from thinktank.experts.access import town_admins
from thinktank.experts.errors import (
    LetterNumberTakenError,
    NotDraftError,
    NotInForceError,
    ReasonMissingError,
    TermOverlapError,
    TermTooLongError,
    TermTurnedError,
)
from thinktank.experts.messages import tell_ending
from thinktank.experts.models import (
    REASON_LENGTH,
    EngagedDay,
    Engagement,
    EngagementState,
    ExpertProfile,
)


@dataclass(frozen=True)
class Term:
    """What a letter says: its number, the first day and the last."""

    letter_no: str
    first: date
    last: date


@transaction.atomic
def save_profile(*, profile: ExpertProfile, by: User) -> ExpertProfile:
    """Keep a new or changed profile.

    Raises:
        OwnRecordError: nothing was written.
    """
    if profile.user_id == by.pk:
        raise OwnRecordError
    action = "expert.changed" if profile.pk else "expert.added"
    profile.save()
    record(by, action, profile, code=profile.code)
    return profile


@retry_on_conflict
@transaction.atomic
def draft_engagement(*, expert_id: int, term: Term, by: User) -> Engagement:
    """Prepare a letter; its days are taken from now on.

    The member's row is locked while the days are looked at; their unique key is what makes an
    overlap impossible.

    Raises:
        OwnRecordError, TermTurnedError, TermTooLongError, LetterNumberTakenError,
        TermOverlapError: nothing was written.
    """
    expert = ExpertProfile.objects.select_for_update(no_key=True).get(pk=expert_id)
    _check_term(expert, term, by)
    engagement = Engagement.objects.create(
        expert=expert, letter_no=term.letter_no, starts_on=term.first, ends_on=term.last
    )
    EngagedDay.objects.bulk_create(
        EngagedDay(engagement=engagement, expert=expert, day=day)
        for day in rules.days_of(term.first, term.last)
    )
    record(by, "engagement.drafted", engagement, expert=expert.code)
    return engagement


@transaction.atomic
def issue_letter(*, engagement_id: int, by: User, now: datetime) -> Engagement:
    """Issue the letter: the member holds the role from the first to the last day of the term.

    Raises:
        NotDraftError, OwnRoleError, RoleNotYoursError, RoleHeldError: nothing was written.
    """
    engagement = _lock(engagement_id)
    if engagement.state != EngagementState.DRAFT:
        raise NotDraftError
    grant = RoleGrant(
        user=engagement.expert.user,
        role=Role.EXPERT,
        scope=Scope.TOWN,
        valid_from=engagement.starts_on,
        valid_to=engagement.ends_on,
    )
    engagement.grant = grant_role(grant=grant, by=by, now=now)
    engagement.state = EngagementState.ACTIVE
    engagement.issued_by, engagement.issued_at = by, now
    engagement.save(update_fields=["grant", "state", "issued_by", "issued_at"])
    record(by, "engagement.issued", engagement, letter=engagement.letter_no)
    return engagement


@transaction.atomic
def discard_draft(*, engagement_id: int, by: User) -> None:
    """Throw a letter away that was never issued; its days are free again.

    Raises:
        NotDraftError: nothing was removed.
    """
    engagement = _lock(engagement_id)
    if engagement.state != EngagementState.DRAFT:
        raise NotDraftError
    record(by, "engagement.discarded", engagement, letter=engagement.letter_no)
    engagement.delete()


@transaction.atomic
def terminate(*, engagement_id: int, reason: str, by: User, now: datetime) -> Engagement:
    """End a term today, for a reason: the role goes in the same transaction.

    Raises:
        NotInForceError, ReasonMissingError, OwnRoleError, RoleNotYoursError: nothing changed.
    """
    engagement = _lock(engagement_id)
    words = clean_words(reason)[:REASON_LENGTH]
    if engagement.state != EngagementState.ACTIVE:
        raise NotInForceError
    if not words:
        raise ReasonMissingError
    assert engagement.grant is not None  # noqa: S101 - a constraint; tells mypy
    revoke_role(grant=engagement.grant, by=by, now=now)
    engagement.state = EngagementState.TERMINATED
    engagement.terminated_on, engagement.reason = today(now), words
    engagement.save(update_fields=["state", "terminated_on", "reason"])
    EngagedDay.objects.filter(engagement=engagement, day__gte=today(now)).delete()
    record(by, "engagement.terminated", engagement, reason=words)
    return engagement


def end_terms(*, now: datetime) -> int:
    """Note the terms whose last day is over; how many. The role ended by itself. Safe twice."""
    over = Engagement.objects.over(today(now)).values_list("pk", flat=True)
    return sum(_end(pk) for pk in list(over))


def remind_of_ends(*, now: datetime) -> int:
    """Tell the members whose term ends within 60 days, and the town; how many. Once each."""
    due = Engagement.objects.to_remind(today(now)).values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(due))


@transaction.atomic
def _end(pk: int) -> bool:
    mine = Engagement.objects.filter(pk=pk, state=EngagementState.ACTIVE)
    if not mine.update(state=EngagementState.ENDED):
        return False
    record(None, "engagement.ended", mine.model(pk=pk))
    return True


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    if not Engagement.objects.filter(pk=pk, reminded_at=None).update(reminded_at=now):
        return False
    engagement = Engagement.objects.select_related("expert__user").get(pk=pk)
    tell_ending(engagement, [engagement.expert.user, *town_admins(today(now))], now=now)
    record(None, "engagement.reminded", engagement)
    return True


def _check_term(expert: ExpertProfile, term: Term, by: User) -> None:
    if expert.user_id == by.pk:
        raise OwnRecordError
    if term.last < term.first:
        raise TermTurnedError
    if rules.is_too_long(term.first, term.last):
        raise TermTooLongError
    if Engagement.objects.filter(letter_no=term.letter_no).exists():
        raise LetterNumberTakenError
    taken = EngagedDay.objects.filter(expert=expert, day__range=(term.first, term.last))
    found = taken.select_related("engagement").order_by("day").first()
    if found:
        raise TermOverlapError(day=found.day.isoformat(), letter=found.engagement.letter_no)


def _lock(engagement_id: int) -> Engagement:
    rows = Engagement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("expert__user", "grant__user").get(pk=engagement_id)
