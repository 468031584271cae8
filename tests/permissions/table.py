"""The permission matrix: its columns, and its rows out of the Markdown tables beside this file.

A row is an act: what it is in words, a cell for each role, how it is asked for, and what is sent:

    | Pass a need on | - | … | yes | POST staff:need-act {triaged} dispatch | dispatch-note=x |

`{…}` stands for a row of the scene, `@…` for a file of it, and `(…)` is a step that the scene
takes before anybody tries. FORM is a page with a form: it is looked at, and then sent. JSON is
sent by a program.
"""

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

HERE = Path(__file__).parent

ROLES = {
    "visitor": "has not signed in",
    "resident": "has an account, and no part in anything here",
    "volunteer": "is a member of the team; the hours, stars and sign-ups here are theirs",
    "lead": "is a member of the team too, and leads its project",
    "leader": "leads the team",
    "deputy": "is the team's deputy leader",
    "ended": "led the team and sat in the think tank until yesterday",
    "clerk": "works at the centre",
    "manager": "manages the centre",
    "elsewhere": "manages the village's centre, and passes for all staff of other centres",
    "admin": "administers the town",
    "auditor": "audits the town",
    "expert": "sits in the think tank and wrote the report here",
}


class Cell(StrEnum):
    YES = "yes"
    """It is shown, or done."""

    NO = "no"
    """The person may see it, is told why not, and nothing changes."""

    ABSENT = "-"
    """As if there were no such page (404); a visitor is asked to sign in. Nothing changes."""


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    area: str
    what: str
    cells: dict[str, Cell]
    method: str
    name: str
    given: tuple[str, ...]
    sent: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.area}: {self.what}"


def all_rows() -> list[Row]:
    """Every line of every table."""
    return [row for path in sorted(HERE.glob("*.md")) for row in rows_in(path)]


def rows_in(path: Path) -> list[Row]:
    """The lines of one file, of which each table begins with the same heading."""
    lines = path.read_text("utf-8").splitlines()
    split = [_cells(line) for line in lines if line.startswith("|")]
    heading = ["What", *ROLES, "How", "Sent"]
    rows = [cells for cells in split if cells != heading and set(cells[0]) - set("-: ")]
    assert len(split) > len(rows), f"{path.name} lacks the heading {heading}"
    return [_row(path.stem, cells) for cells in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(area: str, cells: list[str]) -> Row:
    what, *signs, how, sent = cells
    method, name, *given = how.strip("`").split()
    words = shlex.split(sent.strip("`"))
    pairs = [word.partition("=")[::2] for word in words if not word.startswith("(")]
    return Row(
        area=area,
        what=what,
        cells={role: Cell(sign) for role, sign in zip(ROLES, signs, strict=True)},
        method=method,
        name=name,
        given=tuple(given),
        sent=tuple(pairs),
        steps=tuple(word.strip("()") for word in words if word.startswith("(")),
    )
