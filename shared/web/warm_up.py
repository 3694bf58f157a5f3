"""Requests that a function answers to itself at the end of INIT, so that the first real one finds everything warm.

They go through the whole application and only read. They are not counted against anybody's limit, and their log lines
say what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_MARK: Final = object()

# A token that nobody signed, with the header of ours. It is refused once the keys have been read and tried, which makes
# all that a signed-in request needs: the library, its algorithms, and the keys.
# {"alg":"ES256","kid":"rehearsal","typ":"at+jwt"} . {} . 64 zero bytes
_UNSIGNED: Final = "eyJhbGciOiJFUzI1NiIsImtpZCI6InJlaGVhcnNhbCIsInR5cCI6ImF0K2p3dCJ9.e30." + "A" * 86

UNSIGNED_TOKEN_HEADERS: Final[Mapping[str, str]] = {"authorization": f"Bearer {_UNSIGNED}"}
"""Headers with that token."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GET of an address, which may have a query."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


def is_warm_up(scope: Mapping[str, Any]) -> bool:
    """Whether the request with this ASGI scope is a warm-up request: no event that was JSON holds this very object."""
    return scope.get("aws.event", {}).get("warm_up") is _MARK


def warm_up(handler: Callable[[dict[str, Any], Any], object], requests: Iterable[Request]) -> None:
    """Have the entry point answer each request. What fails is answered as it would be to a caller, and logged."""
    for request in requests:
        handler(_event(request), None)


def _event(request: Request) -> dict[str, Any]:
    """The event of an HTTP API with payload format 2.0."""
    path, _, query = request.address.partition("?")
    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "warm-up"}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "localhost", "accept-encoding": "gzip", **request.headers},
        "requestContext": {"domainName": "localhost", "http": http, "stage": "$default"},
        "isBase64Encoded": False,
        "warm_up": _MARK,
    }
