"""Stripe's error answers, as https://docs.stripe.com/api/errors describes them."""

from dataclasses import dataclass, field
from typing import Any

from simulators.stripe.documents import Document


@dataclass
class ApiError(Exception):
    """An answer other than success: HTTP status, error type, and what the type calls for."""

    status: int
    type: str
    message: str
    code: str | None = None
    param: str | None = None
    details: Document = field(default_factory=dict)

    def body(self, request_id: str) -> Document:
        error: dict[str, Any] = {"message": self.message, "type": self.type}
        if self.code is not None:
            error["code"] = self.code
            error["doc_url"] = f"https://docs.stripe.com/error-codes/{self.code.replace('_', '-')}"
        if self.param is not None:
            error["param"] = self.param
        error["request_log_url"] = f"https://dashboard.stripe.com/test/logs/{request_id}?t=0"
        error.update(self.details)
        return {"error": error}


def invalid_request(
    message: str, *, code: str | None = None, param: str | None = None, status: int = 400, **details: Any
) -> ApiError:
    """A request that Stripe refuses because of what it says."""
    return ApiError(status, "invalid_request_error", message, code, param, details)


def resource_missing(type_name: str, identifier: str, *, param: str = "id", in_path: bool = False) -> ApiError:
    """An id that names nothing: 404 when it is the path's, 400 when it is a parameter's, as Stripe does."""
    noun = _NOUNS.get(type_name, type_name)
    return invalid_request(
        f"No such {noun}: '{identifier}'", code="resource_missing", param=param, status=404 if in_path else 400
    )


def unexpected_state(message: str, *, intent: Document) -> ApiError:
    """An intent in a status that does not allow what was asked."""
    type_name = intent["object"]
    return ApiError(
        400, "invalid_request_error", message, f"{type_name}_unexpected_state", details={type_name: dict(intent)}
    )


def card_error(
    message: str, *, code: str, decline_code: str | None = None, param: str | None = None, **details: Any
) -> ApiError:
    """A card that the issuer (or Stripe) declines: HTTP 402."""
    if decline_code is not None:
        details = {"decline_code": decline_code, **details}
    return ApiError(402, "card_error", message, code, param, details)


def failure(status: int) -> ApiError:
    """An error of this status that was ordered through `/_control/faults`."""
    type_name, code, message = _FAILURES.get(status, _SERVER_ERROR)
    return ApiError(status, type_name, message, code)


_FAILURES = {429: ("invalid_request_error", "rate_limit", "Request rate limit exceeded.")}
_SERVER_ERROR = ("api_error", None, "An unknown error occurred. (This failure was asked for.)")
# Stripe's messages spell most resource types as they are; these differ.
_NOUNS = {"payment_method": "PaymentMethod", "setup_intent": "setupintent", "webhook_endpoint": "webhook endpoint"}
