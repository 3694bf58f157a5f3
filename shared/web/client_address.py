"""Who is at the other end: from the gateway's own account of the connection, never from what a caller can write."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from shared import settings

_SUBSCRIBER_BITS = 64
"""Of an IPv6 address: what one subscriber has for themselves (RFC 6177; RIPE-690, section 4)."""


def client_address(request: HTTPConnection) -> str:
    """The caller's IP address; of IPv6 the first address of its /64 network, because one subscriber has all of it.

    Limits, tallies and fraud rules count what this returns, so that 2^64 addresses are one caller to all of them.
    An IPv4 address that came as IPv6 (`::ffff:203.0.113.7`) is the IPv4 address.

    With n trusted proxies in front of the gateway (CloudFront is one), each has appended the address it saw to
    X-Forwarded-For, the gateway last; the n-th entry from the right, not counting the gateway's, is the caller's.
    """
    return network_of(_address(request))


def network_of(address: str) -> str:
    """What `client_address` counts an address as; text that is no address stays as it is."""
    if ":" not in address:
        return address
    import ipaddress

    try:
        parsed = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed, _SUBSCRIBER_BITS), strict=False).network_address)


def _address(request: HTTPConnection) -> str:
    source = request.client.host if request.client else "unknown"
    hops = int(settings.common().trusted_proxy_hops)
    if hops == 0:
        return source
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    return forwarded[-hops - 1] if len(forwarded) > hops else source
