"""What no group's address is."""

from __future__ import annotations

from typing import Final

RESERVED: Final = frozenset(("new", "mine", "search", "invitations"))
"""Addresses of something else, where a group's would be."""
