"""The commands of the operators' documents: taken out of their fenced blocks, and read as a shell would read them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.session import Session

from infra.packaging.contents import ROOT

DOCUMENTS = sorted(Path(ROOT, "docs", "operations").rglob("*.md"))

# What the AWS CLI has for every command (its user guide, "Command line options").
GLOBAL_OPTIONS = {"cli-binary-format", "max-items", "output", "query", "region"}
# Its own commands, which are no operations of a service: `aws logs tail`.
OWN_COMMANDS = {("logs", "tail"): {"follow", "since", "filter-pattern", "format"}}
# Options that the CLI calls otherwise than the service calls its members.
RENAMED_OPTIONS = {
    ("sns", "subscribe"): {"notification-endpoint": "endpoint"},
    ("cloudfront", "create-invalidation"): {"paths": "invalidation-batch"},
}
# Operations whose answer goes into a file, named as a positional argument.
WITH_OUTPUT_FILE = {("lambda", "invoke")}

_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SUBSTITUTION = re.compile(r"\$\(([^()]*)\)")


@dataclass(frozen=True)
class Command:
    """One command with its arguments; variables and substitutions stand in them as they are written."""

    document: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document}: {shlex.join(self.words)[:100]}"


def commands() -> list[Command]:
    """Every command of every document, also those inside `$( )` and after a pipe."""
    found = []
    for path in DOCUMENTS:
        for block in _BLOCK.findall(path.read_text()):
            for line in block.replace("\\\n", " ").splitlines():
                found += [Command(path.name, words) for words in _split(line) if words]
    return found


def _split(line: str) -> Iterator[tuple[str, ...]]:
    while inner := _SUBSTITUTION.search(line):
        yield from _split(inner[1])
        line = line.replace(inner[0], "VALUE", 1)
    outer = re.sub(r"^[A-Z_]+=\S+$|^[A-Z_]+=\"[^\"]*\"$", "", line.strip())
    lexer = shlex.shlex(outer, posix=True, punctuation_chars="|;")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if set(word) <= set("|;"):
            yield tuple(words)
            words = []
        else:
            words.append(word)
    yield tuple(words)


@dataclass(frozen=True)
class AwsCall:
    """`aws <service> <operation>` with its options, positional words left out."""

    service: str
    operation: str
    options: dict[str, list[str]]
    positional: list[str]


def parse_aws(command: Command) -> AwsCall:
    _, service, operation, *rest = command.words
    options: dict[str, list[str]] = {}
    positional: list[str] = []
    current: list[str] | None = None
    for word in rest:
        if word.startswith("--"):
            name, separator, value = word[2:].partition("=")
            current = options.setdefault(name, [value] if separator else [])
        elif current is None:
            positional.append(word)
        else:
            current.append(word)
    return AwsCall(service, operation, options, positional)


@cache
def service_model(name: str) -> ServiceModel:
    """AWS's own description of a service, by the name that the CLI has for it."""
    botocore_name = {"s3api": "s3", "deploy": "codedeploy"}.get(name, name)
    model: ServiceModel = Session().get_service_model(botocore_name)
    return model


@cache
def waiters(name: str) -> dict[str, Any]:
    """A service's waiters by their names in the CLI."""
    loaded = Loader().load_service_model(service_model(name).service_name, "waiters-2")["waiters"]
    return {xform_name(waiter, "-"): description for waiter, description in loaded.items()}


def operation_of(call: AwsCall) -> OperationModel:
    """The operation that a call is of. Raises `ValueError` where there is none."""
    model = service_model(call.service)
    if call.operation == "wait":
        return model.operation_model(waiters(call.service)[call.positional[0]]["operation"])
    for name in model.operation_names:
        if xform_name(name, "-") == call.operation:
            return model.operation_model(name)
    raise ValueError(f"{call.service} has no operation {call.operation}")


def members_of(operation: OperationModel) -> dict[str, Shape]:
    """Input members by the names of their options."""
    shape = operation.input_shape
    return {} if shape is None else {xform_name(name, "-"): member for name, member in shape.members.items()}


def required_of(operation: OperationModel) -> set[str]:
    shape = operation.input_shape
    return set() if shape is None else {xform_name(name, "-") for name in shape.required_members}
