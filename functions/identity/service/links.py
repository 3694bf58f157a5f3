"""Links in mails: their signed token contains the id of a request. `notifications` makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar
from uuid import UUID

from functions.identity.errors import InvalidLinkError
from functions.identity.service.throttling import LinkAttempt
from shared import tokens

EMAIL_VERIFICATION: Final = "email-verification"
PASSWORD_RESET: Final = "password-reset"  # noqa: S105 - a name
UNSUBSCRIBE: Final = "unsubscribe"
ERASURE_CANCELLATION: Final = "erasure-cancellation"
EMAIL_REVERSAL: Final = "email-reversal"
_ID_BYTES: Final = 16

T = TypeVar("T")


def ids_for(purpose: str) -> Callable[[str], UUID | None]:
    """What reads the id in a token that was signed for the purpose."""

    def decode(token: str) -> UUID | None:
        payload = tokens.unsign(purpose, token)
        return UUID(bytes=payload) if payload is not None and len(payload) == _ID_BYTES else None

    return decode


class PresentedLink(Generic[T]):
    """A link's token, presented from an address; `decode` tells what it contains, or None where we did not make it.
    Every refusal is the same, and counts against the network of the address.
    """

    def __init__(self, decode: Callable[[str], T | None], token: str, address: str) -> None:
        self._attempt = LinkAttempt(address)
        self._content = decode(token)

    def read(self) -> T:
        """What the link contains. Raises InvalidLinkError, ThrottledError, and UnavailableError where attempts cannot
        be counted.
        """
        self._attempt.begin(genuine=self._content is not None)
        if self._content is None:
            raise self.refused()
        return self._content

    def refused(self) -> InvalidLinkError:
        """The error to raise, once it is counted."""
        self._attempt.failed()
        return InvalidLinkError()
