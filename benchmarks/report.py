"""The table, and the targets it is held against."""

from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.processes import Memory
from benchmarks.rates import Measured

BOOKING, BARE = "booking POST", "bare INSERT"
AVAILABILITY, HELLO = "availability GET", "Django hello"
COLUMNS = {
    "scenario": "scenario",
    "connections": "conn",
    "per_second": "req/s",
    "p50_ms": "p50",
    "p95_ms": "p95",
    "p99_ms": "p99",
    "server_cpu_ms": "cpu",
    "database_cpu_ms": "db cpu",
    "client_cpu_share": "client",
    "unwanted": "odd",
}


@dataclass(frozen=True)
class Target:
    """A figure of issue 2, and what it has to be."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the figure is good enough."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        verdict = "met" if self.is_met else "MISSED"
        sign = ">=" if self.at_least else "<="
        return f"{self.what:<52} {self.value:>8.2f}  {sign} {self.limit:<6} {verdict}"

    def as_json(self) -> dict[str, object]:
        """The target with its verdict."""
        return {**asdict(self), "is_met": self.is_met}


def table(rows: list[dict[str, object]]) -> str:
    """The figures in columns; times in milliseconds."""
    cells = [list(COLUMNS.values())] + [[str(row[name]) for name in COLUMNS] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        )
        for line in cells
    )


def line(row: dict[str, object]) -> str:
    """A row whose figures are of its own kind."""
    return "  ".join(f"{name} {value}" for name, value in row.items())


def of_rates(measured: dict[str, Measured]) -> list[Target]:
    """Booking and availability by their yardsticks, and the CPU of a booking."""
    booking = measured[BOOKING]
    at = f"at {booking.connections} connections"
    return [
        Target(
            f"{BOOKING} / {BARE} {at}", ratio(booking, measured[BARE], "rate"), 0.3, at_least=True
        ),
        Target(
            f"{AVAILABILITY} / {HELLO} {at}",
            ratio(measured[AVAILABILITY], measured[HELLO], "rate"),
            0.6,
            at_least=True,
        ),
        Target(f"{BOOKING}, server CPU ms {at}", booking.server_cpu_ms, 4),
    ]


def of_growth(rising: list[Measured]) -> list[Target]:
    """The p95 with so many past bookings by the p95 with the fewest."""
    return [
        Target(f"p95 of {level.scenario} / fewest", ratio(level, rising[0], "p95"), 1.15)
        for level in rising[1:]
    ]


def of_calls(rising: list[Measured]) -> list[Target]:
    """Calling the next of 2,000, and the same after years of tickets."""
    few, *more = rising
    return [
        Target(f"p95 ms of {few.scenario}", few.p95_ms, 50),
        *(Target(f"p95 ms of {level.scenario}", level.p95_ms, 50) for level in more),
        *of_growth(rising),
    ]


def of_live(row: dict[str, object]) -> list[Target]:
    """From the clerk's key to the page part on boards and phones; nobody is left out."""
    p95, lost = row["p95_ms"], row["lost"]
    assert isinstance(p95, float)  # noqa: S101 - tells mypy
    assert isinstance(lost, int)  # noqa: S101 - tells mypy
    name = row["scenario"]
    return [Target(f"p95 ms, {name}", p95, 1000), Target(f"news never shown, {name}", lost, 0)]


def of_day(faults: list[str]) -> list[Target]:
    """Whatever was doubled or lost in a day of all halls."""
    return [Target("numbers, calls or states doubled or lost", len(faults), 0)]


def of_memory(memory: Memory) -> list[Target]:
    """All processes' resident memory, as if nothing were shared."""
    return [Target("web + worker + beat, resident MB", memory.resident, 600)]


def ratio(ours: Measured, yardstick: Measured, figure: str) -> float:
    """Our figure by the yardstick's: the median over the rounds, each against its neighbour."""
    pairs = zip(ours.rounds, yardstick.rounds, strict=True)
    return float(median(getattr(mine, figure) / getattr(its, figure) for mine, its in pairs))
