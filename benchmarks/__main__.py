"""`python -m benchmarks [--quick] [--only rates growth hall hours needs memory]`: see README.md."""

import argparse
import os
import tempfile
from pathlib import Path

import django

PARTS = ["rates", "growth", "hall", "hours", "needs", "memory"]
DATABASE = "postgres://postgres@127.0.0.1:5432/lishui_bench"
OUTPUT = Path("var/bench")
LEVELS = [10_000, 1_000_000, 10_000_000]


def main() -> None:
    """Measure what was asked for."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="lishui-bench-") as folder:
        prepare(options.database, folder)
        from benchmarks import run, session  # noqa: PLC0415 - read the settings made ready above

        session.run(
            run.Session(
                base=options.database,
                folder=Path(folder),
                is_quick=options.quick,
                levels=options.levels,
            ),
            parts=options.only or (["rates"] if options.quick else PARTS),
            output=options.output,
        )


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="all, unless named")
    parser.add_argument("--quick", action="store_true", help="less exact; rates only, unless named")
    parser.add_argument(
        "--database",
        default=os.environ.get("BENCH_DATABASE_URL", DATABASE),
        help="PostgreSQL, a name ending in _bench: it is dropped and made anew",
    )
    parser.add_argument(
        "--levels", type=int, nargs="+", default=LEVELS, help="past bookings to grow to, rising"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the JSON goes")
    return parser.parse_args()


def prepare(database: str, folder: str) -> None:
    """Production's settings, on the database to be measured."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="lishui_center.settings",
        DATABASE_URL=database,
        DEBUG="0",
        SECRET_KEY="only-for-benchmarks-0123456789-abcdefghijklmnopqrstuvwxyz",  # noqa: S106
        THROTTLE_ANON="off",
        VAR_DIR=folder,
    )
    django.setup()


if __name__ == "__main__":
    main()
