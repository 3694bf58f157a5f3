"""Fetching what strangers name by its address, from the public web only (against server-side request forgery).

A name is resolved here, every address that it has is checked, and the connection is made to one of those: no second
answer of a name server comes in between. TLS and the Host header still speak of the name. Redirects are followed by
hand, each hop checked in the same way. Proxies of the environment are not used.

Bounded are the answer's size, while it is read; the time of all hops together, by shutting the connection down whatever
it is waiting for; and the number of hops.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_HOPS: Final = 5
_CONNECT_SECONDS: Final = 5.0
_CHUNK: Final = 64 * 1024
_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
# Reserved characters of RFC 3986 that a path or a query may hold, and what is percent-encoded already.
_IN_PATH: Final = "/?%:@!$&'()*+,;=-._~"
_USER_AGENT: Final = "ShareStack-pictures/1.0"

# IANA IPv4 Special-Purpose Address Registry, multicast and reserved: whatever is not globally reachable, and relays.
_NOT_PUBLIC_V4: Final = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# Of IPv6, only global unicast is public (RFC 4291, section 2.4), and of that not what the IANA IPv6 Special-Purpose
# Address Registry sets apart: protocol assignments with Teredo, documentation, 6to4, benchmarks, AS112.
_PUBLIC_V6: Final = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_V6: Final = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]
# Special-use names, of which the public name system knows nothing (IANA "Special-Use Domain Names"; `internal`: ICANN).
_NOT_PUBLIC_NAMES: Final = frozenset({"alt", "example", "internal", "invalid", "local", "localhost", "onion", "test"})
_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class FetchError(Exception):
    """It cannot be fetched; the message says why. `is_passing`: it may be possible later."""

    def __init__(self, message: str, *, is_passing: bool = False) -> None:
        super().__init__(message)
        self.is_passing = is_passing


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered in the end. The content type is as announced, and proves nothing."""

    content: bytes
    content_type: str


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet. One that carries an IPv4 address (mapped, NAT64) is what that
    is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _MAPPED or address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
    return not any(address in network for network in _NOT_PUBLIC_V4)


def fetch(url: str, *, max_bytes: int, seconds: float, allow_loopback: bool = False) -> Fetched:
    """GET an address of the public web, following redirects. Raises FetchError.

    `allow_loopback` is for servers on a developer's machine: addresses of 127.0.0.0/8 and ::1 are taken, on any port.
    """
    deadline = time.monotonic() + seconds
    for _ in range(MAX_HOPS):
        answer = _get(_parsed(url, allow_loopback=allow_loopback), max_bytes, deadline, allow_loopback=allow_loopback)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise FetchError(f"redirected more than {MAX_HOPS - 1} times")


def _parsed(url: str, *, allow_loopback: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("not a web address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError("not a web address (http or https)")
    if parts.username is not None or parts.password is not None:
        raise FetchError("the address contains a user name")
    if any(character <= " " or character == "\x7f" for character in url):
        raise FetchError("the address contains a space or a control character")
    if port not in (None, _PORTS[parts.scheme]) and not allow_loopback:
        raise FetchError(f"port {port} is not that of {parts.scheme}")
    return parts


def _get(parts: SplitResult, max_bytes: int, deadline: float, *, allow_loopback: bool) -> Fetched | str:
    """The answer, or where it redirects to."""
    assert parts.hostname is not None
    try:
        name = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    except UnicodeError as error:
        raise FetchError("not a web address") from error
    standard = _PORTS[parts.scheme]
    port = parts.port or standard
    address = _checked_address(name, port, is_standard=port == standard, allow_loopback=allow_loopback)
    target = quote(parts.path or "/", safe=_IN_PATH) + (f"?{quote(parts.query, safe=_IN_PATH)}" if parts.query else "")
    host = f"[{name}]" if ":" in name else name
    headers = {
        "Host": host if port == standard else f"{host}:{port}",
        "User-Agent": _USER_AGENT,
        "Accept": "image/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    try:
        with _connected(address, port, name, deadline, secure=parts.scheme == "https") as connection:
            connection.request("GET", target, headers=headers)
            return _answer(connection.getresponse(), max_bytes, deadline)
    except http.client.InvalidURL as error:
        raise FetchError("not a web address") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        if time.monotonic() >= deadline:
            raise FetchError("it took too long", is_passing=True) from error
        if isinstance(error, ssl.SSLCertVerificationError):
            raise FetchError("its certificate is not valid") from error
        raise FetchError("the server did not answer", is_passing=True) from error


def _checked_address(name: str, port: int, *, is_standard: bool, allow_loopback: bool) -> Address:
    """An address of the name. Raises FetchError where one of its addresses is not public."""
    if name.rstrip(".").rpartition(".")[2].lower() in _NOT_PUBLIC_NAMES and not allow_loopback:
        raise FetchError("the address is not one of the public web")
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        is_passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise FetchError("the server's name is not known", is_passing=is_passing) from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if address.is_loopback and allow_loopback:
            continue
        if not is_public(address) or not is_standard:
            raise FetchError("the address is not one of the public web")
    if not addresses:
        raise FetchError("the server's name is not known")
    # Networks without IPv6 are common, servers without IPv4 are not.
    return min(addresses, key=lambda address: address.version)


@contextmanager
def _connected(
    address: Address, port: int, name: str, deadline: float, *, secure: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection to just this address, which ends at the deadline at the latest."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    plain = socket.create_connection((str(address), port), timeout=min(left, _CONNECT_SECONDS))
    # TLS takes the socket over; a duplicate shuts the connection down whoever has it.
    watched = socket.socket(fileno=os.dup(plain.fileno()))
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _shut_down, (watched,))
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(name, port)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=name) if secure else plain
        yield connection
    finally:
        timer.cancel()
        connection.close()
        plain.close()
        watched.close()


def _shut_down(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return


def _answer(response: http.client.HTTPResponse, max_bytes: int, deadline: float) -> Fetched | str:
    if response.status in _REDIRECTS:
        location = response.headers.get("Location")
        if not location:
            raise FetchError(f"the server answered {response.status} without an address")
        return location
    if response.status != http.client.OK:
        raise FetchError(f"the server answered {response.status}", is_passing=response.status in _PASSING)
    too_large = FetchError(f"larger than {max_bytes} bytes")
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length) > max_bytes:
        raise too_large
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            raise too_large
        if time.monotonic() >= deadline:
            raise TimeoutError
    if time.monotonic() >= deadline:
        raise TimeoutError
    if response.length:  # announced and not sent
        raise FetchError("the answer is cut off", is_passing=True)
    return Fetched(bytes(content), response.headers.get_content_type())
