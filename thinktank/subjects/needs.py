"""Needs of one category as a subject: the figures of the daily roll-ups, centre by centre."""

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.centres.models import Centre
from services.requests.models import Category
from services.resolution.models import SUMS, RateDay
from services.resolution.rules import FORMULA
from thinktank.subjects.evidence import EvidenceTable, Period, both
from thinktank.subjects.registry import Kind, Subject

VERSION = f"need_category-1/{FORMULA}"


def draw(code: str, period: Period) -> list[EvidenceTable]:
    """How often needs of the category were answered and solved in time, by centre."""
    days = RateDay.objects.of_days(period.first, period.last)
    counted = days.filter(category=code, formula=FORMULA).order_by().values_list("centre")
    sums = {
        centre: list(figures)
        for centre, *figures in counted.annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    }
    centres = Centre.objects.in_bulk(list(sums))
    known = sorted(centres.values(), key=lambda centre: (centre.tier_order, centre.code))
    return [
        EvidenceTable(
            title=both(_("Needs of this kind, by centre")),
            source="services.resolution.RateDay",
            columns=[
                both(text)
                for text in (
                    pgettext_lazy("evidence", "Centre"),
                    _("First answers due"),
                    _("Answered in time"),
                    _("Solutions due"),
                    _("Solved in time"),
                    _("People who answered"),
                    _("Closed without an answer"),
                    _("Satisfied"),
                )
            ],
            rows=[
                [{"zh": centre.name_zh, "en": centre.name_en}, *sums[centre.pk]] for centre in known
            ],
        )
    ]


def _subject(category: Category) -> Subject:
    names = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names[language] = str(category.label)
    return Subject("need_category", category.value, names["zh-hans"], names["en"])


def _find(code: str) -> Subject | None:
    return _subject(Category(code)) if code in Category.values else None


NEED_CATEGORIES = Kind(
    name="need_category",
    label=_("Needs of one kind"),
    version=VERSION,
    every=lambda: [_subject(category) for category in Category],
    find=_find,
    draw=draw,
)
