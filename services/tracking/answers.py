"""Answering what the staff asked about a need."""

from datetime import datetime

from django.db import transaction

from lishui_center.common.retries import retry_on_conflict
from services.requests.errors import AnswerMissingError
from services.requests.followers import Follower
from services.requests.models import NOTE_LENGTH, ServiceRequest
from services.requests.personal import hide_personal_data
from services.requests.rules import Act, Party
from services.standing.rules import clean_words
from services.tracking.actions import By, move


@retry_on_conflict
@transaction.atomic
def answer_question(*, follower: Follower, text: str, now: datetime) -> ServiceRequest:
    """Hand the answer over, and let the clocks run on; numbers of people are blotted out.

    Raises:
        AnswerMissingError, ActRefusedError, NeedMovedError: nothing was written.
    """
    words = clean_words(hide_personal_data(text))[:NOTE_LENGTH]
    if not words:
        raise AnswerMissingError
    need = ServiceRequest.objects.select_related("responsible", "handler").get(
        pk=follower.request_id
    )
    return move(need, Act.ANSWER, by=By(Party.RESIDENT, follower.user), now=now, note=words)
