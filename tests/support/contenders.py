"""Real concurrency: several processes, each with a database connection of its own, released at the same moment."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from shared.clients import database

T = TypeVar("T")

STAGE_SECONDS = 60
FINISH_SECONDS = 90


def at_once(contenders: int, act: Callable[[int], T]) -> list[T]:
    """Call `act(0)` ... `act(contenders - 1)`, each in a process of its own, all at once; the results in that order.

    The processes are forks, so `act` may be a closure over clients and rows that were read before; it must not use a
    database session of the test. What it returns must be picklable. Raises AssertionError with the trace of one that
    failed.
    """
    database.close()  # a connection is not for two processes
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(contenders)
    pairs = [context.Pipe(duplex=False) for _ in range(contenders)]
    processes = [
        context.Process(target=_contend, args=(barrier, sender, act, number), daemon=True)
        for number, (_, sender) in enumerate(pairs)
    ]
    for process in processes:
        process.start()
    try:
        return [_result(receiver) for receiver, _ in pairs]
    finally:
        for process in processes:
            process.join(5)
            if process.is_alive():
                process.kill()


def _contend(barrier: Any, sender: Connection, act: Callable[[int], Any], number: int) -> None:
    try:
        database.connection()
        barrier.wait(STAGE_SECONDS)
        sender.send((act(number), None))
    except BaseException:
        barrier.abort()
        sender.send((None, traceback.format_exc()))


def _result(receiver: Connection) -> Any:
    assert receiver.poll(FINISH_SECONDS), "a contender did not finish"
    result, failure = receiver.recv()
    assert failure is None, failure
    return result
