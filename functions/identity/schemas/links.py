"""Links that are sent by mail."""

from __future__ import annotations

from shared.web import ResponseModel


class LinkRequested(ResponseModel):
    """A mail with a link is sent, if there is a recipient."""

    expires_in: int
    """Seconds until the link expires."""
