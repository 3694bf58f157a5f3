"""The HTTP server of the gateway: uvicorn inside an event loop that is ours."""

import contextlib
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

_KEEP_ALIVE_SECONDS = 75


class GatewayServer(uvicorn.Server):
    """uvicorn without its own signal handling: Ctrl-C belongs to the whole local system."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def make_server(application: ASGIApp) -> GatewayServer:
    """A server for an ASGI application; run it with ``serve(sockets=[...])``, end it with ``should_exit``."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        interface="asgi3",
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=2,
    )
    return GatewayServer(config)
