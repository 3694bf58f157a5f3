"""The HTTP server of the gateway: uvicorn inside an event loop that is ours."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn

from infra.local.errors import StartError
from infra.local.gateway import Application

_KEEP_ALIVE_SECONDS = 75


class GatewayServer(uvicorn.Server):
    """uvicorn without its own signal handling: Ctrl-C belongs to the whole local system."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def make_server(application: Application) -> GatewayServer:
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


def listen(port: int) -> socket.socket:
    """A listening socket on the loopback address; port 0 takes a free one. Raises StartError when it is taken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        raise StartError(f"Port {port} cannot be used ({error}); choose another: PORT=8001 make run") from error
    listener.setblocking(False)
    return listener
