"""INIT: what a function's process does once, before its first event.

Lambda runs INIT on a whole processor, whatever the function's memory, and waits for it at every cold start.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def initializing() -> Iterator[None]:
    """The block in which a handler file imports and wires everything.

    Imports make next to no garbage, and the collector looks through all that they have made again and again: it rests
    meanwhile. What is there at the end stays for the life of the process, so no later collection looks at it either
    (`gc.freeze`). A full collection at the end would cost more than all that it could find.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def connect() -> bool:
    """Open the database connection; whether there is one. A database that is away must not fail INIT: the first event
    tries again, and fails by itself. One that pauses is left asleep: Lambda also initializes for events that never
    come.
    """
    from shared import settings
    from shared.clients import database
    from shared.log import logger

    try:
        if settings.common().database_pauses:
            return False
        database.connection()
    except Exception:
        logger().warning("no database connection in INIT", exc_info=True)
        return False
    return True
