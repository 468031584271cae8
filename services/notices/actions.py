"""Noting how each service of a visit ended, and all that is missing, at once.

Source: domain.md, "Service rules": one-time notification.
"""

from collections.abc import Mapping

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.notices.errors import NothingNamedError
from services.notices.models import NAME_LENGTH, MissingDocument
from services.notices.rules import LineOutcome
from services.standing.rules import clean_words
from services.tickets.models import Ticket, TicketItem

Outcome = TicketItem.Outcome


def note_outcomes(*, ticket: Ticket, said: Mapping[int, LineOutcome], actor: User) -> int:
    """Keep how each service ended, {item id: outcome}; how many documents are missing.

    Where nothing is said, what was noted before stands, and else the service is done. In the
    caller's transaction, which holds the ticket.

    Raises:
        NothingNamedError: "missing" without saying what; nothing was written.
    """
    missing = 0
    for line in ticket.items.select_related("item").prefetch_related("item__documents", "missing"):
        given = said.get(line.item_id)
        if given is None:
            line.outcome = line.outcome or Outcome.RESOLVED
            missing += len(line.missing.all())
        else:
            line.outcome = given.outcome
            missing += _replace(line, _named(line, given))
        line.save(update_fields=["outcome"])
    if missing:
        record(actor, "notice.given", ticket, centre_id=ticket.centre_id, documents=missing)
    return missing


def _named(line: TicketItem, given: LineOutcome) -> list[tuple[str, str]]:
    """[(Chinese, English)] of all that is missing, each once; nothing for another outcome."""
    if given.outcome != Outcome.MISSING:
        return []
    named = {
        document.name_zh: document.name_en
        for document in line.item.documents.all()
        if document.pk in given.documents
    }
    other = clean_words(given.other)[:NAME_LENGTH]
    if other:
        named.setdefault(other, other)
    if not named:
        raise NothingNamedError(item=line.item.name)
    return list(named.items())


def _replace(line: TicketItem, named: list[tuple[str, str]]) -> int:
    line.missing.all().delete()
    MissingDocument.objects.bulk_create(
        MissingDocument(line=line, name_zh=chinese, name_en=english) for chinese, english in named
    )
    return len(named)
