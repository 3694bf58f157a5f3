"""An application served over real HTTP in a thread, and waiting for what it does."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def serving(application: ASGIApp) -> Iterator[str]:
    """Serve an application on a free loopback port; yields its address."""
    # Clients keep connections; one that the server has closed meanwhile fails the next request.
    config = uvicorn.Config(application, host="127.0.0.1", port=0, log_level="warning", timeout_keep_alive=75)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def eventually(condition: Callable[[], bool], state: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for a condition; fails with what `state` gives when it does not come true in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, state()
        time.sleep(0.01)
