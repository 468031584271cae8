"""Django's makemessages with this project's choices, and `--check`, which changes nothing."""

import shutil
from io import StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages

LOCALE = "zh_Hans"
# Babel does not read the header that xgettext leaves to be filled in.
PLURALS_LEFT_OPEN = ("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n != 1;")
ELSEWHERE = [".venv", "benchmarks", "node_modules", "static", "tests", "var"]


class Command(makemessages.Command):
    """Catalogues are compared by message: line numbers and dates never make a difference."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's own options, and --check."""
        super().add_arguments(parser)
        parser.set_defaults(locale=[LOCALE], ignore_patterns=ELSEWHERE, add_location="file")
        parser.add_argument(
            "--check", action="store_true", help="Only list what is wrong with the catalogue."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the catalogue, or with --check list what is wrong with it.

        Raises:
            CommandError: something is untranslated, doubtful, or differs from the sources.
        """
        self.faults: set[str] | None = None
        if not options.pop("check"):
            super().handle(*args, **options)
            return
        self.faults = unfinished(read_catalogue(catalogue_path()))
        if shutil.which("xgettext"):
            super().handle(*args, **options | {"verbosity": 0})
        else:
            self.stdout.write("Not compared with the sources: GNU gettext is missing.")
        if self.faults:
            raise CommandError(
                "\n  ".join(["The catalogue is not complete:", *sorted(self.faults)])
            )

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Django calls this with the messages of the sources: to merge, or here to compare."""
        if self.faults is None:
            super().write_po_file(potfile, locale)
            return
        wanted = message_ids(read_catalogue(Path(potfile)))
        known = message_ids(read_catalogue(catalogue_path()))
        self.faults |= {f"not in the catalogue: {text}" for text in wanted - known}
        self.faults |= {f"no longer in the sources: {text}" for text in known - wanted}


def catalogue_path() -> Path:
    """Where the translator works."""
    return Path(settings.LOCALE_PATHS[0]) / LOCALE / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """The messages of a .po or .pot file; an empty catalogue where there is no file."""
    if not path.exists():
        return Catalog()
    text = path.read_text("utf-8").replace(*PLURALS_LEFT_OPEN)
    return read_po(StringIO(text))


def message_ids(catalogue: Catalog) -> set[str]:
    """The English texts, a plural by its singular."""
    return {singular(message.id) for message in catalogue if message.id}


def unfinished(catalogue: Catalog) -> set[str]:
    """A line for each message without a translation or with a doubtful one."""
    faults = set()
    for message in catalogue:
        plurals = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and not all(plurals):
            faults.add(f"not translated: {singular(message.id)}")
        elif message.id and message.fuzzy:
            faults.add(f"marked fuzzy: {singular(message.id)}")
    return faults


def singular(message_id: str | tuple[str, ...] | list[str]) -> str:
    """The one text by which a message is named here."""
    return message_id if isinstance(message_id, str) else message_id[0]
