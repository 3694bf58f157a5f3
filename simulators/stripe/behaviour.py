"""How a means of payment behaves when money is to move by it: what the tables of test cards and wallets are made of."""

from dataclasses import dataclass
from enum import Enum


class Authentication(Enum):
    """When the payer is asked to authorize a payment."""

    NEVER = "never"
    ALWAYS = "always"
    UNLESS_SET_UP = "unless set up"
    ON_SESSION_ONLY = "on session only"
    LOOKUP_FAILS = "lookup fails"


class RefundOutcome(Enum):
    """What becomes of a refund."""

    SUCCEEDS = "succeeds"
    PENDING = "pending, then succeeds"
    FAILS = "succeeds, then fails"


@dataclass(frozen=True)
class Decline:
    """Why a charge fails: error code, decline code (None where Stripe gives none), message to the customer."""

    code: str
    decline_code: str | None
    message: str
    param: str | None = None


@dataclass(frozen=True)
class DisputeCause:
    """Why a cardholder disputes a charge; an inquiry takes no money yet."""

    reason: str
    network_code: str
    inquiry: bool = False


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """What happens to payments, refunds and setups."""

    decline: Decline | None = None
    # It can be attached to a customer although charging it is declined.
    attachable: bool = True
    authentication: Authentication = Authentication.NEVER
    # Optional authentication can be asked for.
    three_d_secure_supported: bool = True
    refund: RefundOutcome = RefundOutcome.SUCCEEDS
    dispute: DisputeCause | None = None
    bypass_pending: bool = False
    risk_level: str = "normal"
    blocked: bool = False
