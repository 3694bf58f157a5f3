"""The fraud rules: the strictest outcome decides, and every rule that matched is a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.payments.domain.fraud_rules import FraudAction, Signals, judge
from functions.payments.settings import FraudSettings

RULES = FraudSettings(
    environment="dev",
    service="payments",
    database_url="",
    event_bus_name="",
    table_name="",
    fraud_attempts_per_card="3",
)


@pytest.mark.parametrize(
    ("signals", "decision", "reasons"),
    [
        ({}, "allow", []),
        ({"attempts_of_user": 19, "attempts_of_ip": 59, "attempts_of_card": 2}, "allow", []),
        ({"attempts_of_user": 20}, "block", ["velocity_of_user"]),
        ({"attempts_of_ip": 60}, "block", ["velocity_of_ip"]),
        ({"attempts_of_card": 3}, "review", ["velocity_of_card"]),
        ({"risk_level": "normal"}, "allow", []),
        ({"risk_level": "elevated"}, "review", ["elevated_risk"]),
        ({"risk_level": "highest", "attempts_of_card": 3}, "block", ["velocity_of_card", "highest_risk"]),
        ({"card_country": "US", "shipping_country": "US"}, "allow", []),
        ({"card_country": None, "shipping_country": "US"}, "allow", []),
        ({"card_country": "US", "shipping_country": "GB"}, "allow", ["country_mismatch"]),
        (
            {"card_country": "US", "shipping_country": "GB", "risk_level": "elevated"},
            "review",
            ["elevated_risk", "country_mismatch"],
        ),
    ],
)
def test_what_the_rules_say(signals: dict[str, Any], decision: str, reasons: list[str]) -> None:
    judged = judge(Signals(**signals), RULES)
    assert (judged.decision, judged.reasons) == (decision, reasons)


def test_what_a_rule_leads_to_is_a_setting() -> None:
    strict = replace(RULES, fraud_country_mismatch="block")
    assert judge(Signals(card_country="US", shipping_country="GB"), strict).decision is FraudAction.BLOCK
