"""The worker in a process of its own that dies (SIGKILL) at a chosen point: `python -m ... <point> < event.json`."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from functions.payments.handlers.on_webhook import handler
from functions.payments.providers.stripe.adapter import StripeProvider
from functions.payments.repository import payments as repository
from shared import outbox
from shared.clients import bus
from tests.support.lambda_client import Context


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def after(work: Callable[..., Any]) -> Callable[..., Any]:
    def work_and_die(*arguments: Any, **options: Any) -> Any:
        work(*arguments, **options)
        die()

    return work_and_die


def main(point: str) -> None:
    event = json.load(sys.stdin)
    match point:
        case "before commit":
            repository.set_succeeded = after(repository.set_succeeded)
        case "between commit and publish":
            bus.put = die
        case "between publish and its mark":
            bus.put = after(bus.put)
        case "between debt and refund":
            StripeProvider.refund = die  # type: ignore[method-assign]
        case "between refund and its mark":
            StripeProvider.refund = after(StripeProvider.refund)  # type: ignore[method-assign]
        case "in the middle of a batch":
            outbox.record = after(outbox.record)
        case "before acknowledgement":
            pass
        case _:
            raise ValueError(point)
    handler(event, Context())
    if point == "before acknowledgement":
        die()


if __name__ == "__main__":
    main(sys.argv[1])
