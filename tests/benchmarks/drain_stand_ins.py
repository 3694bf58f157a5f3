"""A queue and a bus for the drain, as SQS and EventBridge behave: moto's are too slow for 100,000 messages.

The queue keeps what matters to a worker: messages come at least once, a batch that nobody acknowledges comes again
after the visibility timeout, and a message that was received too often goes to the dead-letter queue.
"""

from __future__ import annotations

import heapq
import itertools
import json
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_POLL: Final = 0.2
# GetSecretValue's answer: events are believed only in the mode (test or live) of the provider's key.
_SECRET: Final = {"SecretString": json.dumps({"secret_key": "sk_test_drain", "publishable_key": "pk_test_drain"})}


@dataclass
class _Message:
    id: str
    body: str
    receives: int = 0


class Queue:
    """The part of SQS's client that the poller uses."""

    def __init__(self, bodies: Iterable[str], *, max_receives: int, visibility_seconds: float) -> None:
        self._max_receives = max_receives
        self._visibility_seconds = visibility_seconds
        self._visible = deque(_Message(str(uuid.uuid4()), body) for body in bodies)
        self._held: dict[str, _Message] = {}
        self._returns: list[tuple[float, str]] = []
        self._alone = threading.Lock()
        self._receipts = itertools.count()
        self.dead: list[str] = []
        """Bodies that were received too often."""
        self.received = 0

    def __len__(self) -> int:
        """Messages that are neither acknowledged nor dead."""
        with self._alone:
            return len(self._visible) + len(self._held)

    def get_queue_url(self, **_: Any) -> dict[str, str]:
        """An address."""
        return {"QueueUrl": "drain"}

    def receive_message(self, *, MaxNumberOfMessages: int, **_: Any) -> dict[str, Any]:
        """Up to so many messages; waits a little when there are none."""
        deadline = time.monotonic() + _LONGEST_POLL
        while not (found := self._take(MaxNumberOfMessages)) and time.monotonic() < deadline:
            time.sleep(0.01)
        return {"Messages": [self._document(receipt, message) for receipt, message in found]}

    def delete_message_batch(self, *, Entries: list[dict[str, str]], **_: Any) -> dict[str, Any]:
        """Acknowledge messages; those that became visible again meanwhile stay."""
        with self._alone:
            for entry in Entries:
                self._held.pop(entry["ReceiptHandle"], None)
        return {"Successful": Entries, "Failed": []}

    def _take(self, count: int) -> list[tuple[str, _Message]]:
        with self._alone:
            now = time.monotonic()
            while self._returns and self._returns[0][0] <= now:
                _, receipt = heapq.heappop(self._returns)
                late = self._held.pop(receipt, None)
                if late is not None:
                    self._visible.append(late)
            taken: list[tuple[str, _Message]] = []
            while self._visible and len(taken) < count:
                message = self._visible.popleft()
                if message.receives >= self._max_receives:
                    self.dead.append(message.body)
                    continue
                message.receives += 1
                receipt = str(next(self._receipts))
                self._held[receipt] = message
                heapq.heappush(self._returns, (now + self._visibility_seconds, receipt))
                taken.append((receipt, message))
            self.received += len(taken)
            return taken

    @staticmethod
    def _document(receipt: str, message: _Message) -> dict[str, Any]:
        return {
            "MessageId": message.id,
            "ReceiptHandle": receipt,
            "Body": message.body,
            "MD5OfBody": "",
            "Attributes": {"ApproximateReceiveCount": str(message.receives), "SentTimestamp": "0"},
            "MessageAttributes": {},
        }


class Bus:
    """What was put on it: how often each event, by type and id; and how many calls that took."""

    def __init__(self) -> None:
        self.put: Counter[tuple[str, str]] = Counter()
        self.calls = 0
        self.address = ""

    def ids(self, detail_type: str) -> set[str]:
        """The ids of the events of a type."""
        return {event_id for kind, event_id in self.put if kind == detail_type}

    def take(self, entries: list[dict[str, str]]) -> dict[str, Any]:
        """Count these, and answer as PutEvents does."""
        self.calls += 1
        for entry in entries:
            self.put[entry["DetailType"], json.loads(entry["Detail"])["id"]] += 1
        return {"FailedEntryCount": 0, "Entries": [{"EventId": str(uuid.uuid4())} for _ in entries]}


@contextmanager
def serve_bus() -> Iterator[Bus]:
    """EventBridge's PutEvents on the loopback address, and the one secret that the worker reads there."""
    bus = Bus()

    class Aws(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever called was killed
                super().handle()

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            answer = json.dumps(bus.take(asked["Entries"]) if operation == "PutEvents" else _SECRET)
            self.send_response_only(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Aws)
    server.daemon_threads = True
    bus.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield bus
    finally:
        server.shutdown()
        server.server_close()
