"""Synthesized templates, read the way a reviewer reads them: resources by type, across all stacks of an environment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from infra import assemblies, security_checks
from infra.checked_templates import checked_templates
from infra.environments import Environment
from infra.imports import with_imported
from infra.security_checks import STANDBY, Finding


@dataclass(frozen=True)
class Resource:
    """One resource of one stack."""

    stack: str
    logical_id: str
    kind: str
    body: dict[str, Any]

    @property
    def properties(self) -> dict[str, Any]:
        found: dict[str, Any] = self.body.get("Properties", {})
        return found

    def __str__(self) -> str:
        return f"{self.stack}/{self.logical_id}"


@dataclass(frozen=True)
class Deployment:
    """All stacks of one environment; keys of `templates` are stacks' names without prefix: `Data`, `Catalog`.

    `findings` are those of cdk-nag's rules.
    """

    environment: Environment
    templates: dict[str, dict[str, Any]]
    manifest: dict[str, Any]
    findings: tuple[Finding, ...]

    def resources(self, *kinds: str, stack: str | None = None) -> list[Resource]:
        return [
            Resource(name, logical_id, body["Type"], body)
            for name, template in self.templates.items()
            if stack in (None, name)
            for logical_id, body in template["Resources"].items()
            if not kinds or body["Type"] in kinds
        ]

    def functions(self) -> list[Resource]:
        """Lambda functions with code of ours, without CDK's own providers."""
        found = self.resources("AWS::Lambda::Function")
        return [function for function in found if function.properties["Handler"].startswith("functions.")]

    def function(self, context: str, handler: str) -> Resource:
        path = f"functions.{context}.handlers.{handler}.handler"
        [found] = [function for function in self.functions() if function.properties["Handler"] == path]
        return found

    def woken(self, stack: str, target: Any) -> Resource:
        """The function that a trigger's target stands for: it names the alias, and the alias names the function."""
        resources = self.templates[stack]["Resources"]
        [alias] = references(target)
        assert resources[alias]["Type"] == "AWS::Lambda::Alias", target
        [function] = references(resources[alias]["Properties"]["FunctionName"])
        return Resource(stack, function, "AWS::Lambda::Function", resources[function])

    def behind_the_gateway(self) -> set[tuple[str, str]]:
        """Stacks and logical ids of the functions that answer HTTP requests."""
        integrations = self.resources("AWS::ApiGatewayV2::Integration")
        found = [
            self.woken(integration.stack, integration.properties["IntegrationUri"]) for integration in integrations
        ]
        return {(function.stack, function.logical_id) for function in found}

    def only(self, kind: str) -> Resource:
        [found] = self.resources(kind)
        return found

    def only_in(self, stack: str, kind: str) -> Resource:
        [found] = self.resources(kind, stack=stack)
        return found

    def statements_of(self, function: Resource) -> list[dict[str, Any]]:
        """Statements of the policies of a function's role."""
        role = function.properties["Role"]["Fn::GetAtt"][0]
        return [
            statement
            for policy in self.resources("AWS::IAM::Policy", stack=function.stack)
            if {"Ref": role} in policy.properties["Roles"]
            for statement in policy.properties["PolicyDocument"]["Statement"]
        ]

    def actions_of(self, function: Resource) -> set[str]:
        """Every action that a function's role is allowed."""
        allowed = [statement for statement in self.statements_of(function) if statement["Effect"] == "Allow"]
        return {action for statement in allowed for action in as_list(statement["Action"])}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@cache
def deployment_of(environment: Environment) -> Deployment:
    """The environment as it is deployed; synthesized only when no process has done so since its sources changed."""
    with checked_templates(environment) as folder:
        return _read(folder, environment)


def _read(folder: Path, environment: Environment) -> Deployment:
    prefix = environment.stack_name("")
    templates = {
        path.name.removeprefix(prefix).removesuffix(".template.json"): json.loads(path.read_text())
        for path in sorted(folder.glob(f"{prefix}*.template.json"))
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    return Deployment(environment, templates, manifest, tuple(security_checks.read_findings(folder, environment)))


def regions(both: Deployment) -> dict[str, Deployment]:
    """The deployments of the two regions of an environment: `home`, and `standby` with its stacks' names shortened."""
    home = {name: template for name, template in both.templates.items() if not name.startswith(STANDBY)}
    standby = {name.removeprefix(STANDBY): both.templates[name] for name in both.templates if name not in home}
    return {
        "home": replace(both, templates=home),
        "standby": replace(both, environment=both.environment.in_second_region(), templates=standby),
    }


def reached(function: Resource) -> frozenset[Path]:
    """Files of the product that the function's handler imports, at once or later."""
    return _reached(function.properties["Handler"])


@cache
def _reached(handler: str) -> frozenset[Path]:
    file = assemblies.ROOT.joinpath(*handler.split(".")[:-1]).with_suffix(".py")
    return frozenset(with_imported([file], assemblies.ROOT))


def code_of(function: Resource) -> str:
    """The text of all of them, and of providers' adapters, which are imported by the names that their registry has."""
    files = reached(function)
    registries = {path.parent for path in files if path.match("functions/*/providers/__init__.py")}
    adapters = [path for registry in registries for path in registry.rglob("*.py")]
    return "\n".join(file.read_text() for file in with_imported([*files, *adapters], assemblies.ROOT))


def references(value: Any) -> Iterator[str]:
    """Logical ids that a template value refers to."""
    if isinstance(value, dict):
        if set(value) == {"Ref"}:
            yield value["Ref"]
        elif set(value) == {"Fn::GetAtt"}:
            yield value["Fn::GetAtt"][0]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
