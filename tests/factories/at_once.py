"""Several actions at one moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from lishui_center.common.errors import RuleError


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each work answered, or the rule that refused it; all run at one moment."""
    barrier = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait(30)
            answers[number] = work()
        except RuleError as refusal:
            answers[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=given) for given in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
