"""Lifetimes of login sessions."""

from __future__ import annotations

from typing import Final

LIFETIME_SECONDS: Final = 30 * 24 * 3600
"""A session ends when it has not been used for this long."""
