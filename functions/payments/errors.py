"""What can go wrong with payments: for callers with an HTTP status and code, for the worker as a failed record."""

from __future__ import annotations

from shared.errors import (
    ConflictError,
    NotAuthenticatedError,
    NotFoundError,
    PermissionDeniedError,
    ProblemError,
    UnavailableError,
)


class CheckoutNotFoundError(NotFoundError):
    code, title = "checkout_not_found", "There is no such checkout"


class PaymentNotFoundError(NotFoundError):
    code, title = "payment_not_found", "There is no such payment"


class NobodyError(NotAuthenticatedError):
    """Neither an access token nor a cart token was presented."""

    def __init__(self) -> None:
        super().__init__("Send an access token, or a guest's X-Cart-Token")


class CheckoutExpiredError(ConflictError):
    code, title = "checkout_expired", "The checkout has expired; its stock is no longer reserved"


class AlreadyPaidError(ConflictError):
    code, title = "already_paid", "The checkout is already paid"


class TooManyDeclinesError(ConflictError):
    code, title = "too_many_declined_payments", "Too many payments of this checkout were declined; check out again"


class NothingToPayError(ConflictError):
    code, title = "nothing_to_pay", "The checkout costs nothing"


class IntentChangedError(ConflictError):
    """Another request made or canceled an intent for this checkout at the same time."""

    code, title = "payment_in_flight", "The payment is being worked on; try again"


class ProviderUnavailableError(UnavailableError):
    """The provider did not answer, answered with an error of its own, or is limiting us.

    What it did is unknown; the same call with the same idempotency key finds out without a second effect.
    """

    code, title = "payment_provider_unavailable", "The payment provider is not available"

    def __init__(
        self, detail: str | None = None, *, retry_after: int = 5, ended: bool = False, outage: bool = True
    ) -> None:
        """`ended`: it answered that the call failed, so none is under way any more. `outage`: it is the provider's
        state, not that of this one call.
        """
        super().__init__(detail, retry_after=retry_after)
        self.ended = ended
        self.outage = outage


class ProviderRefusedError(ProblemError):
    """The provider understood the request and said no; its code is carried in `provider_code`."""

    status, code, title = 422, "payment_refused", "The payment provider refused the payment"


class MalformedEventError(ValueError):
    """A queued document is not a provider's event: it fails until it is in the dead-letter queue."""


class IntentNotRecordedError(RuntimeError):
    """An event about an intent of ours that no payment knows yet: its request has not committed. Tried again."""


class PaymentMismatchError(RuntimeError):
    """What the provider took is not what the checkout costs, or was taken by a canceled intent.

    Nothing is applied: the event ends in the dead-letter queue, whose alarm calls a person, and can be redriven.
    """


class RefundNotFoundError(NotFoundError):
    code, title = "refund_not_found", "There is no such refund"


class NotRefundableError(ConflictError):
    """Nothing was captured, or a dispute has the money."""

    code, title = "not_refundable", "The payment cannot be refunded"


class RefundExceedsPaymentError(ConflictError):
    """Carries `refundable_amount`: what is left, in minor units."""

    code, title = "refund_exceeds_payment", "That is more than is left of the payment"


class RefundExceedsLineError(ConflictError):
    """Carries `refundable_quantity` of the line."""

    code, title = "refund_exceeds_line", "So many units of the line were not bought, or are refunded already"


class DisputeNotFoundError(NotFoundError):
    code, title = "dispute_not_found", "There is no such dispute"


class DisputeClosedError(ConflictError):
    """The bank takes no evidence any more: it was submitted, the time is over, or it has decided."""

    code, title = "dispute_closed", "The dispute takes no more evidence"


class ReconciliationNotFoundError(NotFoundError):
    code, title = "reconciliation_not_found", "There is no such reconciliation"


class DifferenceNotFoundError(NotFoundError):
    code, title = "difference_not_found", "There is no such difference"


class AlreadyResolvedError(ConflictError):
    code, title = "already_resolved", "The difference is resolved already"


class SavedMethodNotFoundError(NotFoundError):
    code, title = "payment_method_not_found", "There is no such payment method"


class PaymentBlockedError(PermissionDeniedError):
    """Which rule it was is in the log of decisions, and not told."""

    code, title = "payment_blocked", "This payment is not possible"


class DecisionNotFoundError(NotFoundError):
    code, title = "fraud_decision_not_found", "There is no such decision"


class AlreadyReviewedError(ConflictError):
    code, title = "already_reviewed", "The decision waits for no review"
