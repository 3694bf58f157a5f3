"""Stripe's published test cards, one table: https://docs.stripe.com/testing.

Each card may be given by payment method (`pm_card_<name>`), by token (`tok_<name>`), or by number. Cards that make
terminal payments are not in the table, because those are not simulated: using one is an error.
"""

from dataclasses import dataclass
from functools import cache

from simulators.stripe.behaviour import Authentication, Behaviour, Decline, DisputeCause, RefundOutcome

GENERIC = Decline("card_declined", "generic_decline", "Your card was declined.")
INSUFFICIENT_FUNDS = Decline("card_declined", "insufficient_funds", "Your card has insufficient funds.")
LOST = Decline("card_declined", "lost_card", "Your card was declined.")
STOLEN = Decline("card_declined", "stolen_card", "Your card was declined.")
FRAUDULENT = Decline("card_declined", "fraudulent", "Your card was declined.")
EXPIRED = Decline("expired_card", None, "Your card has expired.", "exp_month")
INCORRECT_CVC = Decline("incorrect_cvc", None, "Your card's security code is incorrect.", "cvc")
PROCESSING_ERROR = Decline(
    "processing_error", None, "An error occurred while processing your card. Try again in a little bit."
)
VELOCITY = Decline(
    "card_declined", "card_velocity_exceeded", "Your card was declined for making repeated attempts too frequently."
)
LIVE_CARD = Decline(
    "card_declined",
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test (live) card. "
    "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
)


@dataclass(frozen=True)
class TestCard(Behaviour):
    """One row of the table: how the card looks, and how it behaves."""

    names: tuple[str, ...]
    number: str
    brand: str = "visa"
    country: str = "US"
    funding: str = "credit"
    # The wallet of a phone that the card is in.
    wallet: str | None = None
    cvc_check: str = "pass"
    line1_check: str = "pass"
    postal_code_check: str = "pass"

    # Not a class of tests, whatever its name begins with.
    __test__ = False

    @property
    def key(self) -> str:
        """What a payment method remembers of the card: never its number."""
        return self.names[0] if self.names else f"{self.brand}_{self.funding}_{self.last4}"

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def payment_methods(self) -> tuple[str, ...]:
        return tuple(f"pm_card_{name}" for name in self.names)

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(f"tok_{name}" for name in self.names)


def _declined(names: tuple[str, ...], number: str, decline: Decline) -> TestCard:
    return TestCard(names, number, decline=decline, attachable=False)


_BRANDS = (
    TestCard(("visa", "us", "visa_credit"), "4242424242424242"),
    TestCard(("visa_debit",), "4000056655665556", funding="debit"),
    TestCard(("mastercard",), "5555555555554444", "mastercard"),
    TestCard(("mastercard_2series",), "2223003122003222", "mastercard"),
    TestCard(("mastercard_debit",), "5200828282828210", "mastercard", funding="debit"),
    TestCard(("mastercard_prepaid",), "5105105105105100", "mastercard", funding="prepaid"),
    TestCard(("amex", "amex_threeDSecureNotSupported"), "378282246310005", "amex", three_d_secure_supported=False),
    TestCard((), "371449635398431", "amex", three_d_secure_supported=False),
    TestCard(("discover",), "6011111111111117", "discover"),
    TestCard((), "6011000990139424", "discover"),
    TestCard((), "6011981111111113", "discover", funding="debit"),
    TestCard(("diners",), "3056930009020004", "diners"),
    TestCard((), "36227206271667", "diners"),
    TestCard(("jcb", "jp_jcb"), "3566002020360505", "jcb", "JP"),
    TestCard(("unionpay",), "6200000000000005", "unionpay", "CN"),
    TestCard((), "6200000000000047", "unionpay", "CN", "debit"),
    TestCard((), "6205500000000000004", "unionpay", "CN"),
)

_COUNTRIES = (
    TestCard(("ar",), "4000000320000021", country="AR"),
    TestCard(("br",), "4000000760000002", country="BR"),
    TestCard(("ca",), "4000001240000000", country="CA"),
    TestCard(("cl",), "4000001520000001", country="CL"),
    TestCard(("co",), "4000001700000003", country="CO"),
    TestCard(("mx",), "4000004840008001", country="MX"),
    TestCard(("at",), "4000000400000008", country="AT"),
    TestCard(("be",), "4000000560000004", country="BE"),
    TestCard(("de",), "4000002760000016", country="DE"),
    TestCard(("es",), "4000007240000007", country="ES"),
    TestCard(("fr",), "4000002500000003", country="FR"),
    TestCard(("gb",), "4000008260000000", country="GB"),
    TestCard(("gb_debit",), "4000058260000005", country="GB", funding="debit"),
    TestCard(("it",), "4000003800000008", country="IT"),
    TestCard(("nl",), "4000005280000002", country="NL"),
    TestCard(("au",), "4000000360000006", country="AU"),
    TestCard(("cn",), "4000001560000002", country="CN"),
    TestCard(("hk",), "4000003440000004", country="HK"),
    TestCard(("in",), "4000003560000008", country="IN"),
    TestCard(("jp",), "4000003920000003", country="JP"),
    TestCard(("nz",), "4000005540000008", country="NZ"),
    TestCard(("sg",), "4000007020000003", country="SG"),
)

_DECLINES = (
    _declined(("visa_chargeDeclined", "chargeDeclined"), "4000000000000002", GENERIC),
    _declined(
        ("visa_chargeDeclinedInsufficientFunds", "chargeDeclinedInsufficientFunds"),
        "4000000000009995",
        INSUFFICIENT_FUNDS,
    ),
    _declined(("visa_chargeDeclinedLostCard", "chargeDeclinedLostCard"), "4000000000009987", LOST),
    _declined(("visa_chargeDeclinedStolenCard", "chargeDeclinedStolenCard"), "4000000000009979", STOLEN),
    _declined(("chargeDeclinedExpiredCard", "visa_chargeDeclinedExpiredCard"), "4000000000000069", EXPIRED),
    _declined(("chargeDeclinedIncorrectCvc", "visa_chargeDeclinedIncorrectCvc"), "4000000000000127", INCORRECT_CVC),
    _declined(
        ("chargeDeclinedProcessingError", "visa_chargeDeclinedProcessingError"), "4000000000000119", PROCESSING_ERROR
    ),
    _declined(("visa_chargeDeclinedVelocityLimitExceeded",), "4000000000006975", VELOCITY),
    TestCard(("chargeCustomerFail", "visa_chargeCustomerFail"), "4000000000000341", decline=GENERIC),
)

_RISKS = (
    TestCard(
        ("radarBlock",), "4100000000000019", decline=FRAUDULENT, attachable=False, risk_level="highest", blocked=True
    ),
    TestCard(("riskLevelHighest",), "4000000000004954", risk_level="highest"),
    TestCard(("riskLevelElevated",), "4000000000009235", risk_level="elevated"),
    TestCard(("cvcCheckFail",), "4000000000000101", cvc_check="fail"),
    TestCard(("avsZipFail",), "4000000000000036", postal_code_check="fail"),
    TestCard(("cvcCheckFailElevatedRisk",), "4000058400307872", cvc_check="fail", risk_level="elevated"),
    TestCard(("avsZipFailElevatedRisk",), "4000058400306072", postal_code_check="fail", risk_level="elevated"),
    TestCard(("avsLine1Fail",), "4000000000000028", line1_check="fail"),
    TestCard(("avsFail",), "4000000000000010", line1_check="fail", postal_code_check="fail"),
    TestCard(("avsUnchecked",), "4000000000000044", line1_check="unavailable", postal_code_check="unavailable"),
)

_REFUNDS_AND_BALANCES = (
    TestCard(("pendingRefund",), "4000000000007726", refund=RefundOutcome.PENDING),
    TestCard(("refundFail",), "4000000000005126", refund=RefundOutcome.FAILS),
    TestCard(("bypassPending",), "4000000000000077", bypass_pending=True),
    TestCard(("bypassPendingInternational",), "4000003720000278", country="IE", bypass_pending=True),
)

_DISPUTES = (
    TestCard(("createDispute",), "4000000000000259", dispute=DisputeCause("fraudulent", "10.4")),
    TestCard(
        ("createDisputeProductNotReceived",), "4000000000002685", dispute=DisputeCause("product_not_received", "13.1")
    ),
    TestCard(
        ("createDisputeInquiry",), "4000000000001976", dispute=DisputeCause("fraudulent", "10.4", inquiry=True)
    ),
)  # fmt: skip

_AUTHENTICATIONS = (
    TestCard(
        ("authenticationRequiredOnSetup",), "4000002500003155", country="FR",
        authentication=Authentication.UNLESS_SET_UP,
    ),
    TestCard(
        ("authenticationRequired",), "4000002760003184", country="DE", authentication=Authentication.ALWAYS
    ),
    TestCard(
        ("authenticationRequiredSetupForOffSession",), "4000003800000446", country="IT",
        authentication=Authentication.ON_SESSION_ONLY,
    ),
    TestCard(
        ("authenticationRequiredChargeDeclinedInsufficientFunds",), "4000008260003178", country="GB",
        authentication=Authentication.UNLESS_SET_UP, decline=INSUFFICIENT_FUNDS,
    ),
    TestCard(
        ("threeDSecure2Required", "threeDSecureRequired"), "4000000000003220", country="IE",
        authentication=Authentication.ALWAYS,
    ),
    TestCard(
        ("threeDSecureRequiredChargeDeclined",), "4000008400001629", authentication=Authentication.ALWAYS,
        decline=GENERIC,
    ),
    TestCard(
        ("threeDSecureRequiredProcessingError",), "4000008400001280", authentication=Authentication.LOOKUP_FAILS,
        decline=GENERIC,
    ),
    TestCard(("threeDSecureOptional",), "4000000000003055", country="IE"),
    TestCard(("threeDSecureOptionalProcessingError",), "4000000000003097", country="IE"),
)  # fmt: skip

# Stripe publishes no reference for a card in a phone's wallet: its payment method is made by the phone. These names are
# the simulator's own; the number that is charged is the phone's, not the card's.
WALLET_CARDS = (
    TestCard(("visa_applePay",), "4242424242424242", wallet="apple_pay"),
    TestCard(("mastercard_googlePay",), "5555555555554444", "mastercard", wallet="google_pay"),
)

TEST_CARDS = _BRANDS + _COUNTRIES + _DECLINES + _RISKS + _REFUNDS_AND_BALANCES + _DISPUTES + _AUTHENTICATIONS

_ALL = TEST_CARDS + WALLET_CARDS
_LIVE_CARD = TestCard((), "", decline=LIVE_CARD, attachable=False)


@cache
def _by_reference() -> dict[str, TestCard]:
    return {reference: card for card in _ALL for reference in (*card.payment_methods, *card.tokens)}


@cache
def _by_number() -> dict[str, TestCard]:
    return {card.number: card for card in TEST_CARDS}


@cache
def _by_key() -> dict[str, TestCard]:
    return {card.key: card for card in _ALL}


def card_for_reference(reference: str) -> TestCard | None:
    """The test card that `pm_card_...` or `tok_...` stands for."""
    return _by_reference().get(reference)


def card_for_number(number: str) -> TestCard:
    """The test card with this number; any other number is a live card, which test mode declines."""
    return _by_number().get(number, _LIVE_CARD)


def card_for_key(key: str) -> TestCard:
    """The card behind the key that a payment method remembers."""
    return _by_key().get(key, _LIVE_CARD)
