"""CloudFormation intrinsic functions, resolved for resources that live on this computer.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from infra.local.aws.naming import ACCOUNT, REGION, Identity, identify
from infra.local.host.errors import StartError

_TYPE: Final = "Type"
_PSEUDO_PARAMETERS: Final = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::NoValue": None,
}
_PLACEHOLDER: Final = re.compile(r"\$\{(!?)([^}]+)\}")


@dataclass(frozen=True)
class Resource:
    """One resource of a template."""

    stack: str
    logical_id: str
    type: str
    properties: dict[str, Any]


@dataclass
class Assembly:
    """All stacks of one environment, and what is known of their resources on this computer.

    ``addresses`` are the base addresses of what listens here: ``cloud`` (the AWS server) and ``gateway``.
    """

    templates: dict[str, dict[str, Any]]
    addresses: dict[str, str]
    identities: dict[tuple[str, str], Identity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._exports: dict[str, tuple[str, Any]] = {}
        for stack, template in self.templates.items():
            for output in template.get("Outputs", {}).values():
                if "Export" in output:
                    self._exports[str(self.resolve(stack, output["Export"]["Name"]))] = (stack, output["Value"])

    def resources(self, *types: str) -> Iterator[Resource]:
        """Every resource of the given types, in the order of the templates; Conditions are those that hold."""
        for stack, template in self.templates.items():
            for logical_id, body in template.get("Resources", {}).items():
                if body[_TYPE] in types and self._holds(stack, body.get("Condition")):
                    yield Resource(stack, logical_id, body[_TYPE], body.get("Properties", {}))

    def identity(self, stack: str, logical_id: str) -> Identity:
        """Name, reference and attributes of a resource here. Raises StartError for a type that is unknown here."""
        key = (stack, logical_id)
        if key not in self.identities:
            try:
                body = self.templates[stack]["Resources"][logical_id]
            except KeyError as error:
                raise StartError(f"{stack} refers to {logical_id}, which it does not define.") from error
            properties = body.get("Properties", {})
            identity = identify(
                body[_TYPE], stack, logical_id, lambda name: self.resolve(stack, properties.get(name)), self.addresses
            )
            if identity is None:
                raise StartError(f"The local cloud has no {body[_TYPE]}, which {stack} needs as {logical_id}.")
            self.identities[key] = identity
        return self.identities[key]

    def resolve(self, stack: str, value: Any) -> Any:
        """The value with every intrinsic function replaced. Raises StartError for one that cannot be resolved here."""
        if isinstance(value, list):
            resolved = [self.resolve(stack, item) for item in value]
            return [item for item in resolved if item is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            [(name, argument)] = value.items()
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](self, stack, argument)
            if name.startswith("Fn::"):
                raise StartError(f"{stack} uses {name}, which the local cloud does not resolve.")
        resolved_items = ((name, self.resolve(stack, item)) for name, item in value.items())
        return {name: item for name, item in resolved_items if item is not None}

    def _holds(self, stack: str, condition: str | None) -> bool:
        if condition is None:
            return True
        return bool(self.resolve(stack, self.templates[stack].get("Conditions", {}).get(condition)))

    def _ref(self, stack: str, name: str) -> Any:
        if name in _PSEUDO_PARAMETERS:
            return _PSEUDO_PARAMETERS[name]
        if name in ("AWS::StackName", "AWS::StackId"):
            return stack
        parameters = self.templates[stack].get("Parameters", {})
        if name in parameters:
            return parameters[name].get("Default", "")
        return self.identity(stack, name).ref

    def _get_att(self, stack: str, argument: list[str] | str) -> Any:
        logical_id, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        attributes = self.identity(stack, logical_id).attributes
        if attribute not in attributes:
            raise StartError(f"The local cloud knows no attribute {attribute} of {stack}'s {logical_id}.")
        return attributes[attribute]

    def _join(self, stack: str, argument: list[Any]) -> str:
        separator, parts = argument
        return str(separator).join(str(part) for part in self.resolve(stack, parts))

    def _sub(self, stack: str, argument: Any) -> str:
        text, variables = argument if isinstance(argument, list) else (argument, {})

        def replacement(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            if name in variables:
                return str(self.resolve(stack, variables[name]))
            return str(self._get_att(stack, name) if "." in name else self._ref(stack, name))

        return _PLACEHOLDER.sub(replacement, text)

    def _select(self, stack: str, argument: list[Any]) -> Any:
        index, items = argument
        return self.resolve(stack, items)[int(index)]

    def _split(self, stack: str, argument: list[Any]) -> list[str]:
        separator, text = argument
        return str(self.resolve(stack, text)).split(separator)

    def _import_value(self, stack: str, argument: Any) -> Any:
        name = self.resolve(stack, argument)
        if name not in self._exports:
            raise StartError(f"{stack} imports {name}, which no stack exports.")
        owner, value = self._exports[name]
        return self.resolve(owner, value)

    def _stack_output(self, stack: str, argument: dict[str, Any]) -> Any:
        owner = str(self.resolve(stack, argument["StackName"]))
        outputs = self.templates.get(owner, {}).get("Outputs", {})
        if argument["OutputName"] not in outputs:
            raise StartError(f"{stack} reads the output {argument['OutputName']} of {owner}, which does not exist.")
        return self.resolve(owner, outputs[argument["OutputName"]]["Value"])

    def _if(self, stack: str, argument: list[Any]) -> Any:
        condition, when_true, when_false = argument
        return self.resolve(stack, when_true if self._holds(stack, condition) else when_false)

    def _equals(self, stack: str, argument: list[Any]) -> bool:
        left, right = self.resolve(stack, argument)
        return bool(left == right)

    def _to_json(self, stack: str, argument: Any) -> str:
        return json.dumps(self.resolve(stack, argument))


_FUNCTIONS: Final[dict[str, Callable[[Assembly, str, Any], Any]]] = {
    "Ref": Assembly._ref,
    "Condition": lambda assembly, stack, name: assembly._holds(stack, name),
    "Fn::GetAtt": Assembly._get_att,
    "Fn::Join": Assembly._join,
    "Fn::Sub": Assembly._sub,
    "Fn::Select": Assembly._select,
    "Fn::Split": Assembly._split,
    "Fn::ImportValue": Assembly._import_value,
    "Fn::GetStackOutput": Assembly._stack_output,
    "Fn::If": Assembly._if,
    "Fn::Equals": Assembly._equals,
    "Fn::Not": lambda assembly, stack, argument: not assembly.resolve(stack, argument)[0],
    "Fn::And": lambda assembly, stack, argument: all(assembly.resolve(stack, argument)),
    "Fn::Or": lambda assembly, stack, argument: any(assembly.resolve(stack, argument)),
    "Fn::ToJsonString": Assembly._to_json,
}
