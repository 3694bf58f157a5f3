"""Listening sockets. Standard library only: `make run` asks for its port before anything is installed."""

import socket

from infra.local.host.errors import StartError


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


def gateway_address(listener: socket.socket) -> str:
    """Where the system is, for browsers and for the functions themselves."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"
