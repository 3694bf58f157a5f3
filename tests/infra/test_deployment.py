"""What a deployment does, in which order, and that it fits."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections import Counter
from pathlib import Path

import pytest

from infra.assemblies import ROOT
from infra.environments import ENVIRONMENTS, PROD, environment_named
from tests.infra.deployment import Deployment, references

SHARED_STACKS = {"Network", "Data", "Edge", "Observability"}
PAGES = {"Web", "Front"}
MIGRATING = "Operations"
LAYER = "AWS::Lambda::LayerVersion"
CONTEXTS = {path.parent.name.title() for path in ROOT.glob("functions/*/handlers")}


def depends_on(deployed: Deployment, stack: str) -> set[str]:
    prefix = deployed.environment.stack_name("")
    found: set[str] = set()
    waiting = [f"{prefix}{stack}"]
    while waiting:
        for dependency in deployed.manifest["artifacts"][waiting.pop()].get("dependencies", []):
            name = dependency.removeprefix(prefix)
            if not name.endswith(".assets") and name not in found:
                found.add(name)
                waiting.append(dependency)
    return found


def test_an_environment_has_its_shared_stacks_and_one_per_context(deployed: Deployment) -> None:
    assert set(deployed.templates) == SHARED_STACKS | PAGES | CONTEXTS


def test_stacks_are_named_after_their_environment() -> None:
    assert PROD.stack_name("data") == "ShareStack-Prod-Data"


def test_no_stack_comes_near_the_limit_of_resources(deployed: Deployment) -> None:
    for stack, template in deployed.templates.items():
        assert len(template["Resources"]) < 300, stack


def test_every_context_waits_for_the_migration(deployed: Deployment) -> None:
    for context in CONTEXTS - {MIGRATING}:
        assert MIGRATING in depends_on(deployed, context)


def test_of_two_stacks_that_notify_of_one_bucket_one_waits_for_the_other(deployed: Deployment) -> None:
    stacks: dict[str, list[str]] = {}
    for notification in deployed.resources("Custom::S3BucketNotifications"):
        stacks.setdefault(json.dumps(notification.properties["BucketName"]), []).append(notification.stack)
    together = [sharing for sharing in stacks.values() if len(sharing) > 1]
    assert together
    for sharing in together:
        for one, other in itertools.combinations(sharing, 2):
            assert other in depends_on(deployed, one) or one in depends_on(deployed, other)


def test_shared_stacks_do_not_depend_on_contexts(deployed: Deployment) -> None:
    for stack in SHARED_STACKS:
        assert not depends_on(deployed, stack) & CONTEXTS


def test_the_migration_runs_at_every_change_and_before_the_new_code_of_its_own_stack(deployed: Deployment) -> None:
    [trigger] = deployed.resources("Custom::Trigger", stack="Operations")
    migrate = deployed.function("operations", "migrate")
    [version] = references(trigger.properties["HandlerArn"])
    assert migrate.logical_id in references(deployed.templates["Operations"]["Resources"][version]["Properties"])
    assert trigger.properties["ExecuteOnHandlerChange"] is True
    assert trigger.properties["InvocationType"] == "RequestResponse"
    for function in deployed.functions():
        if function.stack == MIGRATING and function != migrate:
            assert trigger.logical_id in function.body["DependsOn"], str(function)


def test_a_deployment_waits_for_a_migration_as_long_as_it_may_run(deployed: Deployment) -> None:
    [trigger] = deployed.resources("Custom::Trigger", stack="Operations")
    timeout = deployed.function("operations", "migrate").properties["Timeout"]
    assert int(trigger.properties["Timeout"]) > timeout * 1000


def test_the_first_deployment_makes_signing_keys_and_later_ones_do_not_rotate_them(deployed: Deployment) -> None:
    [trigger] = deployed.resources("Custom::Trigger", stack="Identity")
    assert trigger.properties["ExecuteOnHandlerChange"] is False


def test_a_layer_belongs_to_the_stack_that_uses_it(deployed: Deployment) -> None:
    """An exported layer version could never be updated."""
    for function in deployed.functions():
        assert all(set(layer) == {"Ref"} for layer in function.properties["Layers"])


def test_a_stack_makes_a_layer_once_however_many_functions_use_it(deployed: Deployment) -> None:
    layers = Counter((layer.stack, layer.properties["Description"]) for layer in deployed.resources(LAYER))
    assert set(layers.values()) == {1}


def test_the_template_needs_no_account_and_no_lookup(deployed: Deployment) -> None:
    assert "missing" not in deployed.manifest
    for artifact in deployed.manifest["artifacts"].values():
        if artifact["type"] == "aws:cloudformation:stack":
            region = artifact["environment"].removeprefix("aws://unknown-account/")
            assert region in {deployed.environment.region, "us-east-1"}


def test_an_unknown_environment_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown environment 'qa'; known: dev, staging, prod"):
        environment_named("qa")


def test_no_stack_asks_which_environment_it_is_in() -> None:
    """What differs between environments is a field of the table."""
    sources = [path for folder in ("stacks", "constructs") for path in Path(ROOT, "infra", folder).glob("*.py")]
    for name in ENVIRONMENTS:
        assert not [path.name for path in sources if f'"{name}"' in path.read_text()]


def test_the_table_of_environments_cannot_be_changed_while_it_is_used() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PROD.backup_days = 1  # type: ignore[misc]
