"""Links in mails: their token names a request, and only we can have made it. `notifications` makes them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.identity.errors import InvalidLinkError
from functions.identity.service.throttling import LinkAttempt
from shared import tokens

EMAIL_VERIFICATION: Final = "email-verification"
PASSWORD_RESET: Final = "password-reset"  # noqa: S105 - a name
UNSUBSCRIBE: Final = "unsubscribe"
ERASURE_CANCELLATION: Final = "erasure-cancellation"
_ID_BYTES: Final = 16


class PresentedLink:
    """A link's token, from an address. Every refusal is the same, and counts against the address."""

    def __init__(self, purpose: str, token: str, address: str) -> None:
        self._attempt = LinkAttempt(address)
        self._purpose = purpose
        self._token = token

    def read(self) -> UUID:
        """What the link is about. Raises InvalidLinkError, ThrottledError, and UnavailableError where attempts cannot
        be counted.
        """
        self._attempt.begin()
        payload = tokens.unsign(self._purpose, self._token)
        if payload is None or len(payload) != _ID_BYTES:
            raise self.refused()
        return UUID(bytes=payload)

    def refused(self) -> InvalidLinkError:
        """The error to raise, once it is counted."""
        self._attempt.failed()
        return InvalidLinkError()
