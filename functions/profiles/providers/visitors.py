"""What is known of where a request comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """The caller's network address; and the country that CloudFront has named, where the request did come by it."""

    address: str
    viewer_country: str | None = None
