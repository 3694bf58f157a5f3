"""Calls on Stripe: the library's client, its errors in our words, and the circuit breaker around them.

The library repeats a call at most NETWORK_RETRIES times, after a wait with jitter, where it got no answer or one that
invites it to; every POST of ours has an idempotency key, so a repeat has no second effect.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from functions.payments.errors import ProviderRefusedError, ProviderUnavailableError
from functions.payments.providers.circuit import Circuit
from functions.payments.providers.stripe import NAME
from functions.payments.settings import StripeSettings
from shared.clients import secrets
from shared.log import logger

if TYPE_CHECKING:
    from stripe import StripeClient, StripeError

API_VERSION: Final = "2026-10-28.endive"
"""The version that the pinned library is made for; a test asks for a decision when the library moves on."""
CONNECT_TIMEOUT_SECONDS = 2.0
READ_TIMEOUT_SECONDS = 6.0
NETWORK_RETRIES: Final = 1
"""Two tries and the wait between them (at most 2 s), after one of a cancellation, which is not tried again, stay within
the functions' timeouts, 25 s and 30 s."""
RETRY_AFTER_SECONDS: Final = 5

_Answer = TypeVar("_Answer")


class StripeCalls:
    """Our Stripe account, as something to call."""

    def __init__(self, configuration: StripeSettings) -> None:
        self._secret_arn = configuration.stripe_secret_arn
        self._api_base = configuration.stripe_api_base
        self._client: tuple[str, StripeClient] | None = None
        self._circuit = Circuit(NAME)

    def publishable_key(self) -> str:
        return str(secrets.read(self._secret_arn)["publishable_key"])

    def is_live(self) -> bool:
        """Whether our keys move real money (https://docs.stripe.com/keys: `sk_live_`, `rk_live_`)."""
        return "_live_" in str(secrets.read(self._secret_arn)["secret_key"])

    def ask(self, question: Callable[[StripeClient], _Answer]) -> _Answer:
        """Stripe's answer. Raises ProviderUnavailableError and ProviderRefusedError."""
        return self._circuit.call(lambda: self._call(question))

    def _call(self, question: Callable[[StripeClient], _Answer]) -> _Answer:
        import stripe

        try:
            return question(self._current_client())
        except stripe.StripeError as error:
            raise _mapped(error) from None  # the library's error holds the answer's body, a secret of the payer in it

    def _current_client(self) -> StripeClient:
        """The client, made anew when the key has been rotated."""
        key = str(secrets.read(self._secret_arn)["secret_key"])
        if self._client is None or self._client[0] != key:
            import stripe

            # Below warnings the library logs what it sends and gets, client secrets included, whatever LOG_LEVEL is.
            logging.getLogger("stripe").setLevel(logging.WARNING)
            self._client = (
                key,
                stripe.StripeClient(
                    key,
                    stripe_version=API_VERSION,
                    base_addresses={"api": self._api_base} if self._api_base else None,
                    max_network_retries=NETWORK_RETRIES,
                    http_client=stripe.RequestsClient(timeout=(CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS)),
                ),
            )
        return self._client[1]


def _mapped(error: StripeError) -> ProviderUnavailableError | ProviderRefusedError:
    """Ours for Stripe's (https://docs.stripe.com/api/errors): no answer, try again, or no.

    409 says that another request with the same idempotency key is being worked on; 401 and 403 are our own fault, which
    the caller cannot mend.
    """
    import stripe

    kind = type(error).__name__
    logger().warning(
        "stripe call failed",
        extra={"error": kind, "code": error.code, "http_status": error.http_status, "request_id": error.request_id},
    )
    unavailable = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)
    status = error.http_status or 500
    if isinstance(error, unavailable) or status >= 500 or status == 409:
        return ProviderUnavailableError(
            retry_after=RETRY_AFTER_SECONDS, ended=error.http_status == 500, outage=status != 409
        )
    declined = getattr(error.error, "decline_code", None) if isinstance(error, stripe.CardError) else None
    return ProviderRefusedError(
        "The payment provider does not accept this payment", provider_code=declined or error.code or kind
    )
