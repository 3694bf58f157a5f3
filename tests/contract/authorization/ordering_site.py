"""Who gets what from the shop's settings: administrators write them, everybody reads what becomes of them."""

from __future__ import annotations

from shared.permissions import Permission
from tests.contract.authorization.matrix import Request, Row, permitted

_SETTINGS = "/api/v1/admin/site"
_TEXT = _SETTINGS + "/legal/{name}/{language}"
_WRITE = Permission.SETTINGS_WRITE
_SITE = {"name": "Kontor", "email": "post@kontor.example.com", "time_zone": "Europe/Berlin", "version": 0}
_TERMS = {"name": "terms", "language": "en"}


ROWS: list[Row] = [
    permitted(_WRITE, "GET", _SETTINGS),
    permitted(_WRITE, "PUT", _SETTINGS, request=Request(json=_SITE)),
    permitted(_WRITE, "GET", _TEXT, request=Request(path=_TERMS)),
    permitted(_WRITE, "PUT", _TEXT, request=Request(path=_TERMS, json={"markdown": "# Terms\n\nNew", "version": 0})),
]
