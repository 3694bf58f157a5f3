"""The stage as stories act on it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from demo.stage import cloud, functions, provider
from demo.stage.clock import DatabaseClock
from demo.stage.cloud import Cloud
from demo.stage.functions import WEBHOOK_PATH, FunctionClient
from demo.stage.provider import Provider
from infra.local.host.database import start_server
from shared import activity
from shared.clients import database
from shared.migrations import runner

_CREDENTIALS: Final = {
    "AWS_REGION": cloud.REGION,
    "AWS_DEFAULT_REGION": cloud.REGION,
    "AWS_ACCESS_KEY_ID": "demo",
    "AWS_SECRET_ACCESS_KEY": "demo",
}
_SECRETS: Final[dict[str, dict[str, Any]]] = {
    cloud.SIGNING_KEYS_SECRET: {},
    cloud.STRIPE_SECRET: {"secret_key": provider.SECRET_KEY, "publishable_key": provider.PUBLISHABLE_KEY},
    cloud.WEBHOOK_SECRET: {"signing_secrets": [provider.SIGNING_SECRET]},
}
_WORKERS: Final = {
    "RefundRequested": "payments.on_order_events",
    "PeopleSeen": "analytics.on_people_seen",
}
"""Of the events that a worker has to hear of; what the others would do is no part of the demo."""
_BATCH: Final = 100


@dataclass(slots=True)
class Stage:
    """A shop that nobody else uses. `api` is an anonymous caller."""

    database_url: str
    clock: DatabaseClock
    aws: Cloud
    provider: Provider
    api: FunctionClient = field(default_factory=FunctionClient)

    def set_clock(self, moment: datetime) -> None:
        """Let it be `moment` now: in the database, at the provider, and where it is told who is there, which is told by
        the day. Time does not go back.
        """
        self.clock.set(moment)
        activity.clock = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp
        self.provider.advance_clock(moment)

    def deliver(self) -> list[dict[str, Any]]:
        """Bring webhooks and events to their consumers until there are none; returns the events of the bus, each with
        its `detail-type` and `detail`.
        """
        seen: list[dict[str, Any]] = []
        while True:
            self.provider.settle()
            webhooks = self.provider.events()
            for payload, signature in webhooks:
                self.api.send("POST", WEBHOOK_PATH, payload, {"stripe-signature": signature})
            while messages := self.aws.receive(self.aws.webhook_queue_url):
                functions.work_off("payments.on_webhook", messages)
            published = self._take_events()
            seen += published
            if not webhooks and not published:
                return seen

    def _take_events(self) -> list[dict[str, Any]]:
        messages = self.aws.take_events()
        events: list[dict[str, Any]] = [json.loads(message.body) for message in messages]
        for kind, function in _WORKERS.items():
            own = [m for m, e in zip(messages, events, strict=True) if e["detail-type"] == kind]
            for number in range(0, len(own), _BATCH):
                functions.work_off(function, own[number : number + _BATCH])
        return events


@contextmanager
def stage(*, since: datetime, address: str) -> Iterator[Stage]:
    """Set up a shop with an empty, migrated database, where it is `since` now. The environment of this process becomes
    that of its functions; pictures at `address`, a developer's computer, are taken.
    """
    folder = Path(tempfile.mkdtemp(prefix="sharestack-demo-"))
    os.environ.update(_CREDENTIALS)
    server = start_server(folder / "postgres", durable=False)
    try:
        clock = DatabaseClock(server.url())
        runner.upgrade(server.url())
        clock.set(since)
        with cloud.cloud(_SECRETS) as aws, provider.provider(since=since) as account:
            os.environ.update(functions.variables(server.url(), aws, account, address))
            _keep_plans()
            functions.invoke("identity.rotate_signing_keys", {})
            yield Stage(server.url(), clock, aws, account)
        clock.close()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _keep_plans() -> None:
    """Have the functions' connection plan every statement once. In the cloud it cannot: a proxy stands between."""
    connection = database.connection()
    connection.prepare_threshold, connection.prepared_max = 1, 1000
