"""What speaks against a payment, and what each of it leads to. Rules only; where the figures come from is elsewhere.

Every rule that matches is a reason; the strictest outcome among them is the decision. Outcomes and limits are settings
(`FraudSettings`): what is suspicious in one shop is a Tuesday in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.payments.settings import FraudSettings


class FraudAction(StrEnum):
    ALLOW = "allow"
    REVIEW = "review"
    """The order is held until a person has looked at it."""
    BLOCK = "block"
    """No intent is opened; money that was taken is refunded; a payment that only takes declined cards ends."""


_STRICTNESS = list(FraudAction)

DECLINES: Final = "declines_of_checkout"
"""The rule by which a payment ends: its intent is canceled, and its checkout closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known of an attempt to pay. Attempts are those within an hour, this one not counted."""

    attempts_of_user: int = 0
    attempts_of_ip: int = 0
    attempts_of_card: int = 0
    declines_of_checkout: int = 0
    """Of a charge that took no money: how many did, this one counted."""
    risk_level: str | None = None
    """The provider's opinion: normal, elevated or highest."""
    card_country: str | None = None
    shipping_country: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    decision: FraudAction
    reasons: list[str]


def judge(signals: Signals, rules: FraudSettings) -> Judgement:
    """The decision, and the names of all rules that matched, those that allow included."""
    matched: dict[str, str] = {}
    if signals.attempts_of_user >= int(rules.fraud_attempts_per_user):
        matched["velocity_of_user"] = rules.fraud_velocity_of_user
    if signals.attempts_of_ip >= int(rules.fraud_attempts_per_ip):
        matched["velocity_of_ip"] = rules.fraud_velocity_of_ip
    if signals.attempts_of_card >= int(rules.fraud_attempts_per_card):
        matched["velocity_of_card"] = rules.fraud_velocity_of_card
    if signals.declines_of_checkout >= int(rules.fraud_declines_per_checkout):
        matched[DECLINES] = rules.fraud_declines
    if signals.risk_level == "elevated":
        matched["elevated_risk"] = rules.fraud_elevated_risk
    if signals.risk_level == "highest":
        matched["highest_risk"] = rules.fraud_highest_risk
    countries = (signals.card_country, signals.shipping_country)
    if None not in countries and countries[0] != countries[1]:
        matched["country_mismatch"] = rules.fraud_country_mismatch
    decision = max(
        (FraudAction(outcome) for outcome in matched.values()), key=_STRICTNESS.index, default=FraudAction.ALLOW
    )
    return Judgement(decision, list(matched))
