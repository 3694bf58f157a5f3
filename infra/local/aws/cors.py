"""CORS as the HTTP API does it: configured on the API, whatever the function says about it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from infra.local.aws.topology import Cors

Headers = list[tuple[bytes, bytes]]


def preflight_headers(cors: Cors, origin: bytes) -> Headers:
    """Headers of the answer (204) to a preflight request; without any when the origin is not allowed."""
    headers = _origin_headers(cors, origin)
    if not headers:
        return []
    headers.append((b"access-control-allow-methods", ",".join(cors.methods).encode()))
    if cors.headers:
        headers.append((b"access-control-allow-headers", ",".join(cors.headers).encode()))
    if cors.max_age is not None:
        headers.append((b"access-control-max-age", str(cors.max_age).encode()))
    return headers


def with_cors(cors: Cors, origin: bytes, headers: Headers) -> Headers:
    """A function's response headers with its own CORS headers replaced by the API's."""
    own_headers = [(name, value) for name, value in headers if not name.startswith(b"access-control-")]
    added = _origin_headers(cors, origin)
    if added and cors.exposed:
        added.append((b"access-control-expose-headers", ",".join(cors.exposed).encode()))
    return own_headers + added


def _origin_headers(cors: Cors, origin: bytes) -> Headers:
    text = origin.decode("latin-1")
    if "*" in cors.origins:
        return [(b"access-control-allow-origin", b"*")]
    scheme = text.partition("://")[0]
    if text not in cors.origins and f"{scheme}://*" not in cors.origins:
        return []
    headers = [(b"access-control-allow-origin", origin), (b"vary", b"Origin")]
    if cors.credentials:
        headers.append((b"access-control-allow-credentials", b"true"))
    return headers
