"""What the think tank can look at: each kind says how to find its things and their evidence.

Kinds register themselves in `AppConfig.ready`; apps that come later add theirs without a change
here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from lishui_center.common.language import in_language
from thinktank.subjects.evidence import EvidenceTable, Period


@dataclass(frozen=True)
class Subject:
    """One thing of a kind, by its code, with its name in both languages."""

    kind: str
    code: str
    title_zh: str
    title_en: str

    @property
    def key(self) -> str:
        """'centre:town', as a form's choice has it."""
        return f"{self.kind}:{self.code}"

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)


@dataclass(frozen=True)
class Kind:
    """A kind of subject.

    `every` lists what can be chosen; `find` answers None for an unknown code; `draw` reads the
    ledgers. `version` changes whenever `draw` counts differently: it is frozen with the figures.
    """

    name: str
    label: str | Promise
    version: str
    every: Callable[[], Iterable[Subject]]
    find: Callable[[str], Subject | None]
    draw: Callable[[str, Period], list[EvidenceTable]]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let observations be about things of this kind."""
    KINDS[kind.name] = kind


def look_up(key: str) -> Subject | None:
    """The subject of 'kind:code'; None for what nobody knows."""
    name, _colon, code = key.partition(":")
    kind = KINDS.get(name)
    return kind.find(code) if kind else None


def kind_label(name: str) -> str:
    """The kind in words; its bare name when its app is gone."""
    return str(KINDS[name].label) if name in KINDS else name


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every subject, grouped by kind, as an HTML select shows them."""
    return [
        (str(kind.label), [(subject.key, subject.title) for subject in kind.every()])
        for kind in KINDS.values()
    ]
