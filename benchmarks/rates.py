"""Requests by the second and CPU by the request, of ours and of the yardsticks, in turns."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from statistics import median, quantiles

from benchmarks.load import Job, Outcome, merge, run
from benchmarks.processes import Server, cpu_seconds

CLIENTS = 2
MOST_PER_SECOND = 4_000
WARM_UP_PASSES = 6
WARM_UP_CONNECTIONS = 8
WARM_UP_MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """How long to measure: the more rounds, the less a disturbance counts."""

    rounds: int
    seconds: float
    warm_up_seconds: float


@dataclass(frozen=True)
class Scenario:
    """One kind of request to one server; each request is sent once, or all over and over."""

    name: str
    server: Server
    requests: Iterator[bytes] | list[bytes]
    wanted_status: int
    # What is taken is gone: a server that cannot answer so many should not be handed them.
    most_per_second: int = MOST_PER_SECOND

    @property
    def is_repeated(self) -> bool:
        """Whether the same questions are asked again and again."""
        return isinstance(self.requests, list)

    def take(self, seconds: float) -> list[bytes]:
        """Requests enough for so long."""
        if isinstance(self.requests, list):
            return self.requests
        return list(islice(self.requests, round(seconds * self.most_per_second)))


@dataclass
class Round:
    """What one server did in one go."""

    outcome: Outcome
    server_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.outcome.latencies) / self.outcome.elapsed

    @property
    def p95(self) -> float:
        """Seconds in which 95 of 100 answers came."""
        return quantiles(self.outcome.latencies, n=20)[-1]


@dataclass
class Measured:
    """All rounds of a scenario at one number of connections."""

    scenario: str
    connections: int
    wanted_status: int
    rounds: list[Round] = field(default_factory=list)

    @property
    def server_cpu_ms(self) -> float:
        """CPU of the server's workers for each answer."""
        return self._each(sum(each.server_cpu for each in self.rounds))

    @property
    def p95_ms(self) -> float:
        """Milliseconds in which 95 of 100 answers came, over all rounds."""
        latencies = [took for each in self.rounds for took in each.outcome.latencies]
        return round(quantiles(latencies, n=20)[-1] * 1000, 1)

    def summary(self) -> dict[str, object]:
        """The figures of the table; the rate is the median of the rounds."""
        latencies = [took for each in self.rounds for took in each.outcome.latencies]
        statuses = sum((each.outcome.statuses for each in self.rounds), Counter())
        elapsed = sum(each.outcome.elapsed for each in self.rounds)
        cuts = quantiles(latencies, n=100)
        return {
            "scenario": self.scenario,
            "connections": self.connections,
            "per_second": round(median(each.rate for each in self.rounds)),
            **{f"p{n}_ms": round(cuts[n - 1] * 1000, 1) for n in (50, 95, 99)},
            "server_cpu_ms": self.server_cpu_ms,
            "database_cpu_ms": self._each(sum(each.database_cpu for each in self.rounds)),
            "client_cpu_share": round(sum(each.outcome.cpu for each in self.rounds) / elapsed, 2),
            "statuses": dict(statuses),
            "unwanted": statuses.total() - statuses[self.wanted_status],
            "reconnects": sum(each.outcome.reconnects for each in self.rounds),
        }

    def _each(self, seconds: float) -> float:
        """Milliseconds for each answer."""
        return round(seconds * 1000 / sum(len(each.outcome.latencies) for each in self.rounds), 2)


def compare(
    clients: ProcessPoolExecutor, scenarios: list[Scenario], *, connections: int, plan: Plan
) -> dict[str, Measured]:
    """Measure the scenarios in turns, forth and back, so that all see the same disturbances."""
    for scenario in scenarios:
        _load(clients, _jobs(scenario, connections, plan.warm_up_seconds))
    measured = {
        scenario.name: Measured(scenario.name, connections, scenario.wanted_status)
        for scenario in scenarios
    }
    for number in range(plan.rounds):
        for scenario in scenarios if number % 2 == 0 else scenarios[::-1]:
            if scenario.is_repeated:  # The writes since the last round made its answers cold.
                _load(clients, _warming_jobs(scenario))
            once = _measure(clients, scenario, _jobs(scenario, connections, plan.seconds))
            measured[scenario.name].rounds.append(once)
    return measured


def _measure(clients: ProcessPoolExecutor, scenario: Scenario, jobs: list[Job]) -> Round:
    """One round, with the CPU that server and database spent in it."""
    server, database = scenario.server.workers(), scenario.server.backends()
    before = cpu_seconds(server), cpu_seconds(database)
    outcome = _load(clients, jobs)
    return Round(outcome, cpu_seconds(server) - before[0], cpu_seconds(database) - before[1])


def _load(clients: ProcessPoolExecutor, jobs: list[Job]) -> Outcome:
    """Send requests from all client processes at once."""
    return merge(list(clients.map(run, jobs)))


def _jobs(scenario: Scenario, connections: int, seconds: float) -> list[Job]:
    """The load for so long, dealt to the client processes."""
    requests = scenario.take(seconds)
    return [
        Job(
            port=scenario.server.port,
            connections=connections // CLIENTS,
            seconds=seconds,
            requests=requests if scenario.is_repeated else requests[number::CLIENTS],
            repeat=scenario.is_repeated,
        )
        for number in range(CLIENTS)
    ]


def _warming_jobs(scenario: Scenario) -> list[Job]:
    """Every question so often, on so many connections, that each worker has met it."""
    requests = scenario.take(0) * WARM_UP_PASSES
    job = Job(scenario.server.port, WARM_UP_CONNECTIONS, WARM_UP_MOST_SECONDS, requests)
    return [job] * CLIENTS
