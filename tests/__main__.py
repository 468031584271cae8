"""`python -m tests`: the whole suite on SQLite, then on PostgreSQL; at the end, what ran.

Further arguments go to pytest (`python -m tests tests/services -k full`) and replace the phases.
LEGS=sqlite or LEGS=postgresql runs one database only. With CI set, a missing leg is a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

import psycopg

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
PROCESSES = os.environ.get("TEST_PROCESSES", "2")
# The shape of the code is no test of what it does: `make check` looks at it.
# What shares data that is dear to make stays in one process: see the marks "xdist_group".
SPREAD = ["-n", PROCESSES, "--dist", "loadgroup", "--durations=10"]
PLAIN = [*SPREAD, "-m", "not browser and not race", "--ignore=tests/test_shape.py"]
ON_DATABASE = [*SPREAD, "-m", "django_db and not browser and not race and not once"]
RACES = ["-m", "race"]
BROWSER = [*SPREAD, "-m", "browser"]
NOTHING_COLLECTED = 5


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when everything that had to run has passed."""
    chosen = os.environ.get("LEGS", "sqlite postgresql").split()
    report, failed = [], False
    # The browser sees no difference between databases, nor does what asks none or sweeps over
    # everything (see conftest.py): these run once.
    legs = {"sqlite": [PLAIN, BROWSER, RACES], "postgresql": [ON_DATABASE, RACES]}
    for leg, phases in legs.items():
        if leg not in chosen:
            report.append(f"{leg}: not chosen")
        elif leg == "postgresql" and not postgres_answers():
            report.append(f"{leg}: SKIPPED, nothing answers at {POSTGRES_URL}")
            failed |= bool(os.environ.get("CI"))
        else:
            passed, seconds = run(leg, [list(arguments)] if arguments else phases)
            report.append(f"{leg}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s")
            failed |= not passed
    print("\nLegs:", *report, sep="\n  ")  # noqa: T201 - this is a command
    return int(failed)


def run(leg: str, phases: Sequence[Sequence[str]]) -> tuple[bool, float]:
    """Whether every phase passed on this database, and how long they took."""
    environment = dict(os.environ)
    environment.pop("DATABASE_URL", None)
    if leg == "postgresql":
        environment["DATABASE_URL"] = POSTGRES_URL
    begun = time.monotonic()
    codes = [
        subprocess.run(
            [sys.executable, "-m", "pytest", *phase], env=environment, check=False
        ).returncode
        for phase in phases
    ]
    return set(codes) <= {0, NOTHING_COLLECTED}, time.monotonic() - begun


def postgres_answers() -> bool:
    """Whether the PostgreSQL leg can run here."""
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
