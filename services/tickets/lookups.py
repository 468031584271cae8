"""Asking for states so that the databases recognise their indexes."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class SpeltIn(In):
    """`state__spelt_in=LIVE`: as `in`, with the words in the statement instead of parameters.

    An index of live tickets only is used by SQLite, and by PostgreSQL's prepared statements, when
    the query spells the index's own condition: same words, same order.
    """

    lookup_name = "spelt_in"

    def process_rhs(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 - Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - Django's signature
    ) -> tuple[str, tuple[str | int, ...]]:
        """The words, which are names of states and nothing that anybody typed.

        Raises:
            ValueError: a word that is no plain name.
        """
        words = [str(word) for word in self.rhs]
        if not all(word.isidentifier() for word in words):
            raise ValueError(words)
        return "({})".format(", ".join(f"'{word}'" for word in words)), ()
