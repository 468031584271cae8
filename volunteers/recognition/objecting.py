"""Objecting to a star that is announced, and settling that; never by the same person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from volunteers.hours.errors import ReasonWantedError
from volunteers.recognition.actions import close_award, lock_award, put_back
from volunteers.recognition.errors import ObjectedAlreadyError, SecondPersonError, WrongStateError
from volunteers.recognition.messages import tell_objector
from volunteers.recognition.models import (
    IN_PUBLIC,
    REASON_LENGTH,
    AwardState,
    Objection,
    StarAward,
)


@transaction.atomic
def object_to_star(
    *, award_id: int, by: User, text: str, now: datetime, at_desk: bool = False
) -> Objection:
    """Say why an announced star should not be awarded: it stops until that is settled.

    Raises:
        WrongStateError, OwnRecordError, ReasonWantedError, ObjectedAlreadyError: nothing changed.
    """
    award = StarAward.objects.select_for_update(no_key=True).get(pk=award_id)
    if award.state not in IN_PUBLIC:
        raise WrongStateError
    if award.volunteer_id == by.pk:
        raise OwnRecordError
    words = clean_words(text)[:REASON_LENGTH]
    if not words:
        raise ReasonWantedError
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                award=award, raised_by=by, at_desk=at_desk, text=words, raised_at=now
            )
    except IntegrityError:
        raise ObjectedAlreadyError from None
    put_back(award)
    record(by, "star.objected", award, objection=objection.pk, at_desk=at_desk)
    return objection


@transaction.atomic
def settle_objection(
    *, objection_id: int, by: User, upheld: bool, answer: str, now: datetime
) -> Objection:
    """Decide on an objection: upheld ends the star's way, else it goes on once none is open.

    An end answers the other open ones with the same words. Whoever has objected to the star, and
    who announced it, leave this to somebody else.

    Raises:
        OwnRecordError, NotYourVolunteerError, WrongStateError, SecondPersonError,
        ReasonWantedError: nothing changed.
    """
    award_id = Objection.objects.values_list("award", flat=True).get(pk=objection_id)
    award = lock_award(award_id, by, [AwardState.OBJECTED], now=now)
    waiting = {each.pk: each for each in award.objections.open().select_related("raised_by")}
    if objection_id not in waiting:
        raise WrongStateError
    if by.pk in {award.proposed_by_id, *(each.raised_by_id for each in waiting.values())}:
        raise SecondPersonError
    words = clean_words(answer)[:REASON_LENGTH]
    if not words:
        raise ReasonWantedError
    for objection in waiting.values() if upheld else [waiting[objection_id]]:
        objection.answer, objection.upheld = words, upheld
        objection.settled_by, objection.settled_at = by, now
        objection.save(update_fields=["answer", "upheld", "settled_by", "settled_at"])
        record(by, "star.objection_settled", award, objection=objection.pk, upheld=upheld)
        tell_objector(objection, now=now)
    if upheld:
        close_award(award, AwardState.DECLINED, by, words, now=now)
    else:
        put_back(award)
    return waiting[objection_id]
