"""The load client: a process of its own with many keep-alive connections.

Each connection sends the next request as soon as it has the answer. Raw sockets, because a
client that is slow measures itself.
"""

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

CHUNK = 1 << 16
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Job:
    """What one client process does; `repeat` starts over when the requests are used up.

    `spread` is over how many seconds the connections come one after the other, each with one
    request, as phones do; 0 is all at once.
    """

    port: int
    connections: int
    seconds: float
    requests: Sequence[bytes]
    repeat: bool = False
    spread: float = 0.0


@dataclass
class Outcome:
    """What came of it: seconds per answer, answers by status, and the client's own CPU."""

    elapsed: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    reconnects: int = 0


@dataclass
class Connection:
    """One socket, and the answer it is in the middle of."""

    port: int
    request: bytes = b""
    sent_at: float = 0.0
    buffer: bytes = b""

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        """Send the whole request; it is small enough to fit into the socket's buffer."""
        self.request, self.buffer = request, b""
        self.sent_at = time.perf_counter()
        self.sock.sendall(request)

    def receive(self) -> int | None:
        """The answer's status once it is complete, else None.

        Raises:
            ConnectionError: the server hung up.
        """
        data = self.sock.recv(CHUNK)
        if not data:
            raise ConnectionResetError
        self.buffer += data
        head, found, body = self.buffer.partition(HEAD_END)
        if not found or len(body) < body_length(head):
            return None
        return int(head[9:12])


def body_length(head: bytes) -> int:
    """What Content-Length says.

    Raises:
        ValueError: the server did not say; this client reads no chunks.
    """
    lower = head.lower()
    at = lower.find(LENGTH)
    if at < 0:
        raise ValueError(head)
    return int(lower[at + len(LENGTH) :].split(b"\r\n", 1)[0])


@dataclass
class Client:
    """All connections of one process, waited for together."""

    job: Job
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        self.requests = cycle(self.job.requests) if self.job.repeat else iter(self.job.requests)
        self.selector = selectors.DefaultSelector()

    def run(self) -> Outcome:
        """Send until the time is over or all requests are sent."""
        began, cpu_began = time.perf_counter(), time.process_time()
        self.stop_at = began + self.job.seconds
        gap = self.job.spread / self.job.connections
        coming = deque(began + gap * number for number in range(self.job.connections))
        while coming or self.selector.get_map():
            while coming and coming[0] <= time.perf_counter():
                coming.popleft()
                self.come()
            wait = max(0.0, coming[0] - time.perf_counter()) if coming else 30
            for key, _events in self.selector.select(timeout=wait):
                self.take(key.data)
        self.outcome.elapsed = time.perf_counter() - began
        self.outcome.cpu = time.process_time() - cpu_began
        return self.outcome

    def come(self) -> None:
        """One connection more, with its first request."""
        connection = Connection(self.job.port)
        self.selector.register(connection.sock, selectors.EVENT_READ, connection)
        self.send_next(connection)

    def send_next(self, connection: Connection) -> None:
        """Go on with the next request, or hang up when it is over."""
        request = next(self.requests, None) if time.perf_counter() < self.stop_at else None
        if request is None:
            self.hang_up(connection)
        else:
            connection.send(request)

    def take(self, connection: Connection) -> None:
        """Read what has come; a connection that was cut sends its request again."""
        try:
            status = connection.receive()
        except ConnectionError:
            self.outcome.reconnects += 1
            self.hang_up(connection)
            connection.connect()
            self.selector.register(connection.sock, selectors.EVENT_READ, connection)
            connection.send(connection.request)
            return
        if status is None:
            return
        self.outcome.latencies.append(time.perf_counter() - connection.sent_at)
        self.outcome.statuses[status] += 1
        if self.job.spread:
            self.hang_up(connection)
        else:
            self.send_next(connection)

    def hang_up(self, connection: Connection) -> None:
        """The server hears no more of this one."""
        self.selector.unregister(connection.sock)
        connection.sock.close()


def run(job: Job) -> Outcome:
    """Do the job in this process."""
    return Client(job).run()


def merge(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome of client processes that ran side by side."""
    whole = Outcome(elapsed=max(outcome.elapsed for outcome in outcomes))
    for outcome in outcomes:
        whole.cpu += outcome.cpu
        whole.latencies += outcome.latencies
        whole.statuses += outcome.statuses
        whole.reconnects += outcome.reconnects
    return whole
