"""Pages of lists that grow for years: the last one costs what the first one did."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNTED = 1_000
"""So far the rows are counted; beyond, a list only says that there are more."""

LONGEST_NUMBER = 6
"""Digits of a page's number."""


class LongPage(Page[Any]):
    """A page of a list whose end nobody counted."""

    has_more = False

    def has_next(self) -> bool:
        return self.has_more

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1


class LongPaginator(Paginator):  # type: ignore[type-arg]  # generic only in the stubs
    """As Django's, which counts every row for every page; this one stops at `COUNTED`."""

    object_list: QuerySet[Any]

    @cached_property
    def _seen(self) -> int:
        return self.object_list.order_by()[: COUNTED + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than `count`."""
        return self._seen > COUNTED

    @cached_property
    def count(self) -> int:
        return min(self._seen, COUNTED)

    def get_page(self, number: float | str | None) -> Page[Any]:
        """The page asked for; the first for what is no page of the list."""
        if not self.is_capped:
            return super().get_page(number)
        typed = str(number)
        wanted = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 1
        return self._long_page(max(1, wanted)) or self._long_page(1) or super().get_page(1)

    def _long_page(self, number: int) -> LongPage | None:
        first = (number - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        if not rows:
            return None
        page = LongPage(rows[: self.per_page], number, self)
        page.has_more = len(rows) > self.per_page
        return page
