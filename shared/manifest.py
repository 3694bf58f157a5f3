"""The words in which a context says what it consists of: its functions, what wakes each, and what each may reach.

`functions/<context>/manifest.py` has one `MANIFEST`. Stacks, packages, routes of the gateway, the local cloud and the
tests are made from it; what it cannot say stands in a stack of the context's own (`infra/stacks/<context>.py`).
Nothing here is imported by a running function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from shared.events import DomainEvent

SHARED_LAYER: Final = "shared"
WORKER_LAYERS: Final = ("core", SHARED_LAYER)
HTTP_LAYERS: Final = (*WORKER_LAYERS, "web")

OPENAPI_PATH: Final = "/openapi/{context}.json"

HOUR: Final = 60
DAY: Final = 24 * HOUR
"""Minutes."""

K = TypeVar("K", bound="Function")


class Reach(StrEnum):
    """What a function can connect to."""

    AWS = "aws"
    """AWS services; outside the network, so no database. Nothing keeps it from the internet."""
    DATABASE = "database"
    """The database and the AWS services that have an endpoint in the network."""
    INTERNET = "internet"
    """The database, AWS services, and providers on the internet."""


@dataclass(frozen=True, kw_only=True)
class Objects:
    """Actions of S3 on the objects under `prefix` (ends in a slash) of one of the environment's buckets."""

    bucket: str
    prefix: str
    actions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Function:
    """One handler file, `functions/<context>/handlers/<name>.py`. `memory` in MB, `timeout` in seconds.

    `layers` come on top of those of its kind. `buckets` and `lists_buckets` are names of the environment's buckets:
    the first are told to the function (`IMPORTS_BUCKET`), the others may be listed. `secrets` maps variables to names
    of the environment's secrets, `settings` maps variables to fields of `infra.environments.Environment` (none is set
    where the field is None).
    """

    name: str
    memory: int = 512
    timeout: int = 15
    reach: Reach = Reach.DATABASE
    layers: tuple[str, ...] = ()
    publishes_events: bool = False
    counts_requests: bool = False
    """Keeps rate-limit counters or circuit breakers in DynamoDB."""
    buckets: tuple[str, ...] = ()
    lists_buckets: tuple[str, ...] = ()
    objects: tuple[Objects, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)
    writes_secrets: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_layers(self) -> tuple[str, ...]:
        """Every layer of the function, in the order in which Lambda merges them."""
        return (*WORKER_LAYERS, *self.layers)


@dataclass(frozen=True, kw_only=True)
class Count:
    """Counts successful answers of one route from the log lines; the environment's prefix stands before `metric`."""

    metric: str
    method: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Api(Function):
    """HTTP, with FastAPI behind every method of its routes.

    It owns each of `prefixes` with all below it, or only what is below where the prefix ends in a slash; an address
    below that another API names more closely is that API's. `paths` are single addresses, of which the last segment
    may be `{proxy+}`; `keys` are single methods of an address that is otherwise another API's. `open_paths` answer
    without CloudFront's secret.
    """

    name: str = "api"
    prefixes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    open_paths: tuple[str, ...] = ()
    answers_unknown_paths: bool = False
    snap_start: bool = False
    """Starts from a snapshot: for functions that shoppers wait for (`docs/performance.md`)."""
    counts: tuple[Count, ...] = ()
    counts_requests: bool = True

    @property
    def all_layers(self) -> tuple[str, ...]:
        return (*HTTP_LAYERS, *self.layers)

    def routes(self, context: str) -> list[str]:
        """Route keys of the gateway. Every method goes to the API, whose framework answers 405 with `Allow`."""
        addresses = [OPENAPI_PATH.format(context=context), *self.open_paths, *self.paths]
        for prefix in self.prefixes:
            addresses += [f"{prefix}{{proxy+}}"] if prefix.endswith("/") else [prefix, f"{prefix}/{{proxy+}}"]
        return [
            *(f"ANY {address}" for address in addresses),
            *self.keys,
            *(["$default"] if self.answers_unknown_paths else []),
        ]


@dataclass(frozen=True, kw_only=True)
class Ingest(Function):
    """HTTP without a framework, for callers who must be answered at once: what it takes in goes to a worker's queue.

    `queue` is the worker; the URL of its queue is in `queue_variable`.
    """

    paths: tuple[str, ...]
    queue: str
    queue_variable: str
    reach: Reach = Reach.AWS

    @property
    def all_layers(self) -> tuple[str, ...]:
        return (SHARED_LAYER, *self.layers)

    def routes(self) -> list[str]:
        """Route keys of the gateway: every method, or another one would be taken for an address of the API."""
        return [f"ANY {path}" for path in self.paths]


@dataclass(frozen=True, kw_only=True)
class Queue(Function):
    """Works off a queue, which the bus fills with `events`, or another function.

    `batch_size` messages at most reach one invocation, after waiting at most `batching_window` seconds for more. Up to
    `concurrency` invocations run at once, by default as many as the environment's database bears.
    """

    events: tuple[type[DomainEvent], ...] = ()
    subscriber: str | None = None
    """Named by the rules on the bus; the context unless another of its workers hears of the same events."""
    batch_size: int = 10
    batching_window: int = 0
    concurrency: int | None = None

    @property
    def detail_types(self) -> tuple[str, ...]:
        """Names of the events on the bus."""
        return tuple(event.detail_type() for event in self.events)


@dataclass(frozen=True, kw_only=True)
class Schedule(Function):
    """Runs every so many `minutes`; a `housekeeping` job no more often than the environment's housekeeping, which lets
    a database sleep in between.
    """

    minutes: int = 1
    housekeeping: bool = False
    memory: int = 256
    at_deployment: bool = False
    """Runs at the first deployment too: what it makes is needed before the schedule comes round."""


@dataclass(frozen=True, kw_only=True)
class Bucket(Function):
    """Wakes for every object that arrives under `prefix` of `bucket`, and may read it."""

    bucket: str
    prefix: str


@dataclass(frozen=True, kw_only=True)
class Invoked(Function):
    """Called by name, by an operator or a deployment. One that `brings_schema` has migrations and models in its
    package, and no layer with `shared`: Python imports a package from one place.
    """

    brings_schema: bool = False

    @property
    def all_layers(self) -> tuple[str, ...]:
        return ("core", *self.layers) if self.brings_schema else super().all_layers


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Raised where `metric` of the context is above `above` for so many `periods` of `minutes`."""

    metric: str
    above: float
    description: str
    periods: int = 1
    minutes: int = 5
    statistic: str = "max"
    name: str | None = None
    """Where the alarm is not named after its metric."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A bounded context: `about` it in a line, its functions, its alarms, the tags of its routes in OpenAPI."""

    about: str
    functions: Sequence[Function]
    alarms: Sequence[Alarm] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: type[K]) -> Iterator[K]:
        """The functions of one kind."""
        return (function for function in self.functions if isinstance(function, kind))

    def named(self, name: str) -> Function:
        """The function behind `handlers/<name>.py`. Raises KeyError."""
        for function in self.functions:
            if function.name == name:
                return function
        raise KeyError(name)
