"""Recommendations with their answers, as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES, Role
from lishui_center.common.tables import Asked, Column, Table, Value
from thinktank.recommendations.access import narrowed, to_answer
from thinktank.recommendations.forms import StateForm
from thinktank.recommendations.models import Recommendation, RecommendationQuerySet

READERS = OFFICE_ROLES - {Role.CENTRE_STAFF}


def _rows(asked: Asked) -> RecommendationQuerySet:
    found = to_answer(asked.user, asked.day)
    return narrowed(found, StateForm(asked.params).chosen(), asked.day)


def _answer(advice: Recommendation) -> Value:
    return advice.answer.get_answer_class_display() if advice.answer else None


def _rating(advice: Recommendation) -> Value:
    rated = advice.answer and advice.answer.rated
    return rated.get_score_display() if rated else None


def _effect(advice: Recommendation) -> Value:
    if advice.checked is None:
        return None
    return _("Effect shown") if advice.checked.has_effect else _("No effect shown")


COLUMNS = (
    Column(_("Recommendation"), lambda advice: advice.title),
    Column(_("Observed"), lambda advice: advice.observation.subject_title),
    Column(pgettext_lazy("think tank", "Member"), lambda advice: advice.observation.expert.name),
    Column(_("Who is to answer"), lambda advice: advice.owner),
    Column(_("Issued on"), lambda advice: advice.issued_on),
    Column(_("Answer due on"), lambda advice: advice.due_on),
    Column(_("Answered at"), lambda advice: advice.answer and advice.answer.at),
    Column(pgettext_lazy("think tank", "Answer"), _answer),
    Column(_("What will be done, or why nothing is"), lambda a: a.answer and a.answer.text),
    Column(_("Member's rating"), _rating),
    Column(_("Effect"), _effect),
)

RECOMMENDATIONS = Table(
    "recommendations", _("Recommendations"), READERS, _rows, lambda _asked: COLUMNS
)
