"""What the rows say of a replayed day: whether a number, a call or a state was doubled or lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

AFTER = {
    "taken": "waiting",
    "called": "called",
    "recalled": "called",
    "begun": "serving",
    "missed": "no_show",
    "finished": "done",
    "held": "held",
    "transferred": "waiting",
    "returned": "waiting",
    "left": "left",
}
AT_WINDOW = ("called", "serving")
OVER = {"done", "no_show", "left"}


class Step(NamedTuple):
    """A row of TicketEvent; what was before a number was taken is None."""

    ticket: int
    version: int
    kind: str
    window: int | None
    state_before: str | None
    window_before: int | None


@dataclass
class Life:
    """One ticket as its steps tell it."""

    version: int = 0
    state: str | None = None
    window: int | None = None
    steps: list[Step] = field(default_factory=list)

    def take(self, step: Step) -> list[str]:
        """Follow the step; what does not fit to the one before."""
        faults = []
        if step.version != self.version + 1:
            faults.append(f"ticket {step.ticket}: version {step.version} after {self.version}")
        if step.state_before != self.state:
            faults.append(f"ticket {step.ticket}: {step.kind} from {step.state_before}")
        if step.kind == "undone":
            undone = self.steps.pop()
            self.state, self.window = undone.state_before, undone.window_before
        else:
            self.steps.append(step)
            self.state = AFTER[step.kind]
            self.window = step.window if self.state in AT_WINDOW else step.window_before
        self.version = step.version
        return faults


@dataclass
class Replay:
    """All steps in the order of their rows: each life, and who was at each window."""

    lives: dict[int, Life] = field(default_factory=lambda: defaultdict(Life))
    at_window: dict[int | None, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Follow one step."""
        life = self.lives[step.ticket]
        if life.state in AT_WINDOW:
            self.at_window.pop(life.window, None)
        self.faults += life.take(step)
        if life.state not in AT_WINDOW:
            return
        other = self.at_window.setdefault(life.window, step.ticket)
        if other != step.ticket:
            self.faults.append(f"window {life.window}: {step.ticket} while {other} was there")


def replay(steps: Iterable[Step]) -> Replay:
    """Follow the steps from the first to the last."""
    played = Replay()
    for step in steps:
        played.take(step)
    return played


def faults_of_numbers(numbers: Iterable[tuple[object, int]]) -> list[str]:
    """Series whose numbers are not 1, 2, 3 and on; a series is a centre's prefix of a day."""
    series: dict[object, list[int]] = defaultdict(list)
    for name, number in numbers:
        series[name].append(number)
    return [
        f"numbers of {name}: {sorted(given)}"
        for name, given in series.items()
        if sorted(given) != list(range(1, len(given) + 1))
    ]


def faults_of_day(given: list[list[int]], calls: list[list[tuple[int, int]]]) -> list[str]:
    """All that is wrong, by the stored rows and by what the processes were answered."""
    from services.tickets.models import Ticket, TicketEvent  # noqa: PLC0415 - spawned unset

    rows = TicketEvent.objects.order_by("pk").values_list(
        "ticket", "version", "kind", "window", "before__state", "before__window_id"
    )
    played = replay(Step(*row) for row in rows)
    tickets = Ticket.objects.values_list("pk", "centre", "date", "prefix", "number", "state")
    faults = played.faults + faults_of_numbers((row[1:4], row[4]) for row in tickets)
    stored = set(Ticket.objects.values_list("pk", "version", "state"))
    told = {(pk, life.version, str(life.state)) for pk, life in played.lives.items()}
    faults += [f"stored or told only: {row}" for row in stored ^ told]
    faults += [f"still there: {row}" for row in stored if row[2] not in OVER]
    if Counter(chain(*given)) != Counter(row[0] for row in stored):
        faults.append("the kiosks gave other tickets than those stored")
    called = TicketEvent.objects.filter(kind="called").values_list("ticket", "version")
    if Counter(chain(*calls)) != Counter(called):
        faults.append("the clerks were told other calls than those stored")
    return faults
