"""The country by ip-api.com, to which the visitor's address goes: used only where an operator has set it, and named in
their privacy notice. Free of charge for non-commercial use and without TLS (https://ip-api.com/docs/api:json).
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

import orjson

from functions.profiles.providers.visitors import Visitor

_SECONDS: Final = 1.5
_MAX_BYTES: Final = 4_096


@dataclass(frozen=True, slots=True)
class IpApi:
    """`base` is the address of the service without a path; it is the operator's, never a visitor's."""

    base: str

    def country(self, visitor: Visitor) -> str | None:
        parts = urlsplit(self.base)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=_SECONDS)
        try:
            connection.request("GET", f"/json/{quote(visitor.address, safe=':')}?fields=status,countryCode")
            answer = connection.getresponse()
            body = answer.read(_MAX_BYTES)
        finally:
            connection.close()
        if answer.status != http.client.OK:
            return None
        document = orjson.loads(body)
        return document.get("countryCode") if document.get("status") == "success" else None
