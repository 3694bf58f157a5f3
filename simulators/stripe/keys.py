"""API keys: who calls, as https://docs.stripe.com/keys describes it."""

import base64
import binascii
import re
from dataclasses import dataclass

from simulators.stripe.errors import ApiError
from simulators.stripe.settings import Settings

_SECRET = re.compile(r"(sk|rk)_test_\w+", re.ASCII)
_PUBLISHABLE = re.compile(r"pk_test_\w+", re.ASCII)


@dataclass(frozen=True)
class Caller:
    """The holder of a key; a publishable key may do no more than what a payer's browser needs."""

    key: str
    publishable: bool


def caller_of(authorization: str | None, key_parameter: str | None, settings: Settings) -> Caller:
    """The caller that an `Authorization` header (or the `key` that Stripe.js sends as a parameter) names.

    Raises ApiError (401) when there is no key, or none that this account has.
    """
    key = _key(authorization) if authorization else key_parameter
    if not key:
        raise _unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
        )
    if _SECRET.fullmatch(key) and key == (settings.secret_key or key):
        return Caller(key, publishable=False)
    if _PUBLISHABLE.fullmatch(key) and key == (settings.publishable_key or key):
        return Caller(key, publishable=True)
    raise _unauthorized(f"Invalid API Key provided: {key[:8]}{'*' * 8}{key[-4:] if len(key) > 16 else ''}")


def secret_key_required() -> ApiError:
    """A publishable key used where only a secret key will do."""
    return ApiError(
        403,
        "invalid_request_error",
        "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list "
        "of your API keys at https://dashboard.stripe.com/account/apikeys.",
        "secret_key_required",
    )


def _key(authorization: str) -> str | None:
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(credentials, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _unauthorized(message: str) -> ApiError:
    return ApiError(401, "invalid_request_error", message)
