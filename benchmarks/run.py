"""What one run needs, and what it finds."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import report
from benchmarks.processes import Server, gunicorn, serving
from benchmarks.rates import Measured, Plan
from benchmarks.report import Target


@dataclass
class Session:
    """The database that is copied, where logs go, how exact to be; and all figures so far."""

    base: str
    folder: Path
    is_quick: bool
    levels: list[int]
    rows: list[dict[str, object]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """Two rounds say which way it goes, six say how far."""
        if self.is_quick:
            return Plan(rounds=2, seconds=2, warm_up_seconds=1)
        return Plan(rounds=6, seconds=6, warm_up_seconds=3)

    def keep(self, rows: list[dict[str, object]], targets: list[Target], table: str) -> None:
        """Show the figures, and remember them for the file."""
        self.rows += rows
        self.targets += targets
        print(table, *targets, "", sep="\n", flush=True)  # noqa: T201 - the purpose

    def keep_rates(self, measured: list[Measured], targets: list[Target]) -> None:
        """Show requests, and remember them."""
        rows = [each.summary() for each in measured]
        self.keep(rows, targets, report.table(rows))

    def serve(self, stack: ExitStack, name: str, database: str, *app: str) -> Server:
        """Start a server that lives as long as the stack."""
        env = {**os.environ, "DATABASE_URL": database}
        log = self.folder / f"{name}.log"
        return stack.enter_context(serving(gunicorn(*app), log=log, env=env))
