"""SnapStart: what must not be in a snapshot of an initialized function, and what a restored environment makes anew.

Every environment that starts from a snapshot continues the same process: connections in it are dead by then, secrets
and keys as old as the snapshot, and pseudo-random numbers the same everywhere. (What comes from the operating system's
own source, `secrets` and `uuid.uuid4` for example, is not: Lambda sees to that.)
https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-python.html
"""

from __future__ import annotations

import os
import random

from shared import process, startup


def be_ready() -> None:
    """Register both hooks, where Lambda makes a snapshot of this process at the end of INIT."""
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") != "snap-start":
        return
    from snapshot_restore_py import register_after_restore, register_before_snapshot

    register_before_snapshot(process.prepare_snapshot)
    register_after_restore(resume)


def resume() -> None:
    """After the snapshot is restored: other random numbers, and a connection before the first request comes.

    A database that is away does not fail the restore; the first request tries again.
    """
    random.seed()
    startup.connect()
