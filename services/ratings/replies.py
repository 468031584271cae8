"""Rating by answering an SMS: one digit, for those whose phone opens no page."""

from datetime import datetime

from lishui_center.common.errors import RuleError
from services.ratings import rules
from services.ratings.actions import Opinion, rate_visit
from services.ratings.models import Score
from services.tickets.models import Ticket


def rate_by_reply(phone_hash: str, text: str, now: datetime) -> bool:
    """Take a digit from 1 to 5 as the rating of the phone's latest visit; whether it was one.

    A second answer changes nothing, and none is taken for the visit before.
    """
    read = rules.read_reply(text)
    ticket = Ticket.objects.last_served(phone_hash) if read else None
    if read is None or ticket is None:
        return False
    score, words = read
    try:
        rate_visit(ticket_id=ticket.pk, opinion=Opinion(Score(score), text=words), now=now)
    except RuleError:
        return False
    return True
