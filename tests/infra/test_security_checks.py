"""cdk-nag's rules hold, or an exception says why not."""

from __future__ import annotations

import pytest

from infra.environments import ENVIRONMENTS, PROD, Environment
from infra.security_checks import EXCEPTIONS, Accepted, Finding, unaccepted
from tests.infra.conftest import PROD_IN_TWO_REGIONS
from tests.infra.deployment import deployment_of

CHECKED = {**ENVIRONMENTS, "prod in two regions": PROD_IN_TWO_REGIONS}


@pytest.mark.parametrize("environment", CHECKED.values(), ids=list(CHECKED))
def test_no_rule_is_broken_without_a_reason(environment: Environment) -> None:
    findings = deployment_of(environment).findings
    assert findings
    assert unaccepted(findings) == []


@pytest.mark.parametrize("accepted", EXCEPTIONS, ids=lambda accepted: f"{accepted.rule} {accepted.path}")
def test_every_exception_is_needed(accepted: Accepted) -> None:
    assert any(accepted.covers(finding) for checked in CHECKED.values() for finding in deployment_of(checked).findings)


def test_an_exception_accepts_its_own_rule_at_its_place_and_below_only() -> None:
    accepted = Accepted(rule="SMG4", path="Data/Stripe*", reason="issued by Stripe; replaced by the operator")
    assert not unaccepted([Finding(rule="SMG4", path="Data/StripeWebhook/Resource")])
    assert accepted.covers(Finding(rule="SMG4", path="Data/Stripe"))
    assert not accepted.covers(Finding(rule="SMG3", path="Data/Stripe"))
    assert not accepted.covers(Finding(rule="SMG4", path="Edge/Data/Stripe"))
    assert unaccepted([Finding(rule="SMG4", path="Edge/Stripe")])


def test_every_exception_has_a_reason() -> None:
    assert all(len(accepted.reason) > 20 for accepted in EXCEPTIONS)


def test_an_unprotected_database_is_found_and_production_s_is_not() -> None:
    unprotected = {
        name
        for name, environment in ENVIRONMENTS.items()
        if any(finding.rule == "RDS10" for finding in deployment_of(environment).findings)
    }
    assert unprotected == set(ENVIRONMENTS) - {PROD.name}
