"""cdk-nag's rules hold, or an exception says why not."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from infra import app
from infra.environments import ENVIRONMENTS, Environment
from infra.security_checks import EXCEPTIONS, PACK, STANDBY, Accepted, add_checks, places
from tests.infra.conftest import PROD_IN_TWO_REGIONS

CHECKED = {**ENVIRONMENTS, "prod in two regions": PROD_IN_TWO_REGIONS}


@pytest.mark.parametrize("environment", CHECKED.values(), ids=list(CHECKED))
def test_no_rule_is_broken_without_a_reason(environment: Environment, tmp_path: Path) -> None:
    checked = app.make_app(tmp_path)
    app.add_stacks(checked, environment)
    add_checks(checked, environment)
    checked.synth()


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """Environments, rules and paths (without the stack's prefix) of all that the rules find."""
    found = set()
    for environment in (ENVIRONMENTS["dev"], ENVIRONMENTS["staging"], PROD_IN_TWO_REGIONS):
        folder = tmp_path_factory.mktemp(environment.name)
        unexcused = app.make_app(folder)
        app.add_stacks(unexcused, environment)
        add_checks(unexcused, environment, exceptions=())
        with pytest.raises(RuntimeError, match="ValidationFailed"):
            unexcused.synth()
        report = json.loads((folder / "validation-report.json").read_text())
        found |= {
            (
                environment.name,
                _general(violation["ruleName"].removeprefix(f"{PACK}-"), environment),
                construct["constructPath"].removeprefix(environment.stack_name("")).removeprefix(STANDBY),
            )
            for plugin in report["pluginReports"]
            for violation in plugin["violations"]
            for construct in violation["violatingConstructs"]
        }
    return found


def _general(rule: str, environment: Environment) -> str:
    """A finding's rule with placeholders for what differs between environments."""
    for name, text in places(environment).items():
        rule = rule.replace(text, f"{{{name}}}") if text else rule
    return rule


@pytest.mark.parametrize("accepted", EXCEPTIONS, ids=lambda accepted: f"{accepted.rule} {accepted.path}")
def test_every_exception_is_needed(accepted: Accepted, findings: set[tuple[str, str, str]]) -> None:
    assert any(
        rule == accepted.rule and any(fnmatchcase(part, accepted.path) for part in (path, path.rpartition("/")[0]))
        for _, rule, path in findings
    )


def test_every_exception_has_a_reason() -> None:
    assert all(len(accepted.reason) > 20 for accepted in EXCEPTIONS)


def test_an_unprotected_database_is_found_and_production_s_is_not(findings: set[tuple[str, str, str]]) -> None:
    assert {environment for environment, rule, _ in findings if rule == "RDS10"} == {"dev", "staging"}
