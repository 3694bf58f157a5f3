"""How long a login session lasts that nobody uses (http.md, "Authentication")."""

from __future__ import annotations

from typing import Final

LIFETIME_SECONDS: Final = 30 * 24 * 3600
