"""Headers and media types of our answers, apart from the HTTP edge: the webhook ingest answers without FastAPI."""

from __future__ import annotations

PROBLEM_MEDIA_TYPE = "application/problem+json"

PRIVATE_CACHE_CONTROL = "private, no-store"

SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
