"""Who is at the other end: from the gateway's own account of the connection, never from what a caller can write."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from shared import settings


def client_address(request: HTTPConnection) -> str:
    """The caller's IP address.

    With n trusted proxies in front of the gateway (CloudFront is one), each has appended the address it saw to
    X-Forwarded-For, the gateway last; the n-th entry from the right, not counting the gateway's, is the caller's.
    """
    source = request.client.host if request.client else "unknown"
    hops = int(settings.common().trusted_proxy_hops)
    if hops == 0:
        return source
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    return forwarded[-hops - 1] if len(forwarded) > hops else source
