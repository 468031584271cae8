"""What an answer of the national system looks like, read back from a file. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_ROWS = 5000
"""Records of one batch: what the national system's form takes at once."""
MOST_BYTES = 2 * 1024 * 1024

NUMBER, RESULT, REASON = "number", "result", "reason"
HEADINGS = {
    "number": NUMBER,
    "no.": NUMBER,
    "序号": NUMBER,
    "编号": NUMBER,
    "result": RESULT,
    "结果": RESULT,
    "reason": REASON,
    "原因": REASON,
    "失败原因": REASON,
}
ACCEPTED = {"accepted", "ok", "yes", "成功", "通过", "已接收"}
REFUSED = {"refused", "failed", "no", "失败", "不通过", "退回"}


@dataclass(frozen=True)
class Answer:
    """What became of the row with this number."""

    number: int
    is_accepted: bool
    reason: str = ""


class UnreadableError(Exception):
    """The file does not say which row, or what became of it; `line` counts from 1, 0 is all."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(line)
        self.line = line


def read_answers(lines: Iterable[Iterable[object]]) -> list[Answer]:
    """The answers below a line of headings; lines without a number are left out.

    Raises:
        UnreadableError
    """
    rows = iter(lines)
    columns = _columns(next(rows, ()))
    answers = []
    for line, row in enumerate(rows, start=2):
        cells = [_text(cell) for cell in row]
        said = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        if said.get(NUMBER):
            answers.append(_answer(said, line))
    return answers


def _columns(heading: Iterable[object]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        words = _text(cell).lower()
        if name := HEADINGS.get(words) or HEADINGS.get(words.partition(" ")[0]):
            found.setdefault(name, place)
    if not {NUMBER, RESULT} <= set(found):
        raise UnreadableError
    return found


def _answer(said: Mapping[str, str], line: int) -> Answer:
    number, result = said[NUMBER].removesuffix(".0"), said.get(RESULT, "").lower()
    if not number.isdecimal() or result not in ACCEPTED | REFUSED:
        raise UnreadableError(line)
    return Answer(int(number), result in ACCEPTED, said.get(REASON, ""))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip().lstrip("\ufeff")
