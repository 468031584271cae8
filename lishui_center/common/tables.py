"""Lists that can be taken away as a file; each is declared beside its page, in `export.py`.

Apps register theirs in `AppConfig.ready`; `lishui_center.exports` writes the files.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import QuerySet
from django.utils.functional import Promise

from lishui_center.common.clock import today

if TYPE_CHECKING:
    from lishui_center.accounts.models import User
    from lishui_center.accounts.rules import Role

Value: TypeAlias = "str | Promise | int | float | date | datetime | None"
"""What stands in a cell: text as a person reads it, or a number or moment to reckon with."""


@dataclass(frozen=True)
class Asked:
    """Who asks for which part of a list, and when: `params` are those of the page's address."""

    user: "User"
    params: Mapping[str, str]
    now: datetime

    @property
    def day(self) -> date:
        """The centres' date at that moment."""
        return today(self.now)


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what a row has in it."""

    header: str | Promise
    value: Callable[[Any], Value]


@dataclass(frozen=True)
class Table:
    """One list as a file: nobody finds more in it than on the page.

    `rows` answers the page's own queryset of what the person may see, narrowed by the page's own
    form, with everything loaded that `columns` read. Personal data is masked as on the page.
    """

    name: str
    title: str | Promise
    roles: "frozenset[Role]"
    rows: Callable[[Asked], QuerySet[Any]]
    columns: Callable[[Asked], Sequence[Column]]


TABLES: dict[str, Table] = {}


def register(*tables: Table) -> None:
    """Offer the lists as files."""
    TABLES.update({table.name: table for table in tables})
