"""Every command that the operators' documents tell people to paste."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from botocore.model import ListShape, Shape, StructureShape

from infra.packaging.contents import ROOT
from tests.infra import operator_commands
from tests.infra.deployment import Deployment
from tests.infra.operator_commands import (
    DOCUMENTS,
    GLOBAL_OPTIONS,
    OWN_COMMANDS,
    RENAMED_OPTIONS,
    WITH_OUTPUT_FILE,
    AwsCall,
    Command,
)

COMMANDS = operator_commands.commands()
AWS = [command for command in COMMANDS if command.words[0] == "aws"]
CDK = [command for command in COMMANDS if command.words[:2] == ("npx", "cdk")]

# Everything that is told to be typed; what is not a tool of everywhere is looked at below.
KNOWN = {".venv/bin/python", "aws", "curl", "cut", "date", "export", "git", "make", "npx", "python3"}

CDK_COMMANDS = {"bootstrap", "deploy", "destroy", "diff"}
CDK_OPTIONS = {"--all", "--concurrency", "--exclusively", "--require-approval", "-c", "8", "never"}
CDK_CONTEXT = {"environment", "promoted"}


def test_there_are_commands_of_every_kind() -> None:
    """So that the tests below cannot pass by seeing nothing."""
    assert {"aws", "curl", "make", "npx", "python3"} <= {command.words[0] for command in COMMANDS} <= KNOWN
    assert len(AWS) > 50
    assert {command.document for command in AWS} >= {path.name for path in DOCUMENTS if "runbooks" in path.parts}


def check_value(name: str, shape: Shape, values: list[str]) -> None:
    """Values that are written out must be possible: one of the enumeration, a number, JSON or members of the shape."""
    if shape.type_name == "boolean":
        assert not values, name
        return
    assert values, f"--{name} has no value"
    literal = [value for value in values if "$" not in value and value != "VALUE" and not value.startswith("file://")]
    for value in literal:
        if isinstance(shape, ListShape):
            check_value(name, shape.member, [value])
        elif isinstance(shape, StructureShape):
            check_structure(name, shape, value)
        elif enum := shape.metadata.get("enum"):
            assert value in enum, f"--{name} {value}: {enum}"
        elif shape.type_name in ("integer", "long", "float", "double"):
            assert float(value) >= 0
        elif longest := shape.metadata.get("max"):
            assert len(value) <= longest, f"--{name} {value}"


def check_structure(name: str, shape: StructureShape, value: str) -> None:
    """JSON, or the CLI's shorthand `Name=value,Name=value`."""
    given = set(json.loads(value)) if value.startswith("{") else set(re.findall(r"(?:^|,)(\w+)=", value))
    assert given <= set(shape.members), f"--{name} {value}: {sorted(shape.members)}"
    assert set(shape.required_members) <= given, f"--{name} {value} lacks members"


def options_of_a_service(call: AwsCall) -> dict[str, list[str]]:
    return {name: values for name, values in call.options.items() if name not in GLOBAL_OPTIONS}


@pytest.mark.parametrize("command", AWS, ids=str)
def test_an_aws_command_is_one_that_aws_knows(command: Command) -> None:
    call = operator_commands.parse_aws(command)
    if own := OWN_COMMANDS.get((call.service, call.operation)):
        assert set(options_of_a_service(call)) <= own
        return
    operation = operator_commands.operation_of(call)
    members = operator_commands.members_of(operation)
    given = set()
    for option, values in options_of_a_service(call).items():
        renamed = RENAMED_OPTIONS.get((call.service, call.operation), {}).get(option)
        name = renamed or (option if option in members else option.removeprefix("no-"))
        assert name in members, f"{command}: no --{option}; there are {sorted(members)}"
        if not renamed:
            check_value(option, members[name], values)
        given.add(name)
    missing = operator_commands.required_of(operation) - given
    assert not missing, f"{command}: lacks {sorted(missing)}"
    if (call.service, call.operation) in WITH_OUTPUT_FILE:
        assert any("/dev/stdout" in word for word in command.words), f"{command}: the answer goes nowhere"


@cache
def resource_names(templates: str) -> set[str]:
    """Names that templates give to resources: whatever is in them and begins like ours."""
    return set(re.findall(r"/?(?:sharestack[-/]prod|aws-waf-logs-sharestack-prod|ShareStack-Prod)[\w/-]*", templates))


# Made by the runbooks themselves.
MADE_BY_HAND = {"sharestack-prod-restored", "sharestack-prod-restored-1", "sharestack-prod-ruined"}


def test_every_name_in_a_command_is_one_of_the_templates(two_regions: dict[str, Deployment], prod: Deployment) -> None:
    deployments = [prod, *two_regions.values()]
    known = resource_names(json.dumps([deployed.templates for deployed in deployments]))
    known |= {deployed.environment.stack_name(stack) for deployed in deployments for stack in deployed.templates}
    named = {
        (str(command), name)
        for command in COMMANDS
        for word in command.words
        for name in resource_names(word.replace("ShareStack-Prod-Standby-*", "ShareStack-Prod-Standby-Data"))
    }
    assert len({name for _, name in named}) > 20
    unknown = {(command, name) for command, name in named if name not in known | MADE_BY_HAND}
    assert not unknown


def test_every_log_group_and_alarm_of_the_incident_s_table_exists(prod: Deployment) -> None:
    text = Path(ROOT, "docs/operations/runbooks/incident.md").read_text()
    alarms = {alarm.properties["AlarmName"] for alarm in prod.resources("AWS::CloudWatch::Alarm")}
    table = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    for ending in re.findall(r"`…(-[\w-]+)`", table):
        assert any(alarm.endswith(ending) for alarm in alarms), ending
    for name in re.findall(r"`(sharestack-prod-[\w-]+)`", table):
        assert name in alarms, name
    # And no alarm is without a line.
    explained = [*re.findall(r"`…(-[\w-]+)`", table), *re.findall(r"`(?:sharestack-prod)?(-[\w-]+)`", table)]
    assert not [alarm for alarm in alarms if not alarm.endswith(tuple(explained))]


@pytest.mark.parametrize("command", CDK, ids=str)
def test_a_cdk_command_names_stacks_environments_and_context_that_exist(command: Command) -> None:
    _, _, verb, *rest = command.words
    assert verb in CDK_COMMANDS
    for word in rest:
        if "=" in word:
            key, _, value = word.partition("=")
            assert key in CDK_CONTEXT
            assert key != "environment" or value in {"dev", "staging", "prod"}
        elif word.startswith("-") or word in ("8", "never"):
            assert word in CDK_OPTIONS
        else:
            assert word.startswith(("ShareStack-Prod-", "aws://"))


def test_make_s_targets_exist() -> None:
    for command in COMMANDS:
        if command.words[0] == "make":
            subprocess.run(["make", "--dry-run", *command.words[1:]], check=True, capture_output=True, cwd=ROOT)


def test_programs_in_commands_exist_and_compile() -> None:
    for command in COMMANDS:
        if command.words[0] == "python3":
            assert command.words[1] == "-c"
            compile(command.words[2], command.document, "exec")
        if command.words[0] == ".venv/bin/python":
            assert command.words[1] == "-m"
            assert importlib.util.find_spec(command.words[2]), str(command)


def test_requests_go_to_the_api_s_own_paths_or_to_stripe(prod: Deployment) -> None:
    keys = {route.properties["RouteKey"].split(" ")[-1] for route in prod.resources("AWS::ApiGatewayV2::Route")}
    for command in COMMANDS:
        if command.words[0] == "curl":
            addresses = [word.removeprefix("url=") for word in command.words if "https://" in word]
            assert addresses, str(command)
            for address in addresses:
                host, _, path = address.removeprefix("https://").partition("/")
                assert host in {prod.environment.api_domain, "api.stripe.com"}
                assert host == "api.stripe.com" or f"/{path}" in keys, address


def test_every_runbook_is_reached_from_the_first_document_and_every_link_leads_somewhere() -> None:
    folder = Path(ROOT, "docs", "operations")
    linked = set(re.findall(r"\]\(([\w/-]+\.md)\)", Path(folder, "README.md").read_text()))
    assert linked >= {f"runbooks/{path.name}" for path in folder.glob("runbooks/*.md")}
    for path in DOCUMENTS:
        for link in re.findall(r"\]\(([\w./-]+\.md)\)", path.read_text()):
            assert Path(path.parent, link).is_file(), f"{path.name}: {link}"


def test_the_webhook_is_registered_for_every_event_that_the_worker_knows() -> None:
    from functions.payments.providers.stripe import objects as stripe_objects

    text = Path(ROOT, "docs/operations/deploy.md").read_text()
    registered = set(re.findall(r"enabled_events\[\]=([\w.]+)", text))
    source = Path(str(stripe_objects.__file__)).read_text()
    assert registered == set(re.findall(r"\"((?:payment_intent|charge|refund)\.[a-z_.]+)\"", source))


def with_option(option: str) -> list[tuple[AwsCall, str]]:
    """AWS commands with an option whose value is JSON that is written out."""
    calls = [operator_commands.parse_aws(command) for command in AWS]
    return [(call, call.options[option][0]) for call in calls if call.options.get(option, [""])[0].startswith("{")]


def test_secrets_are_stored_in_the_form_that_they_begin_with(prod: Deployment) -> None:
    initial = {
        secret.properties["Name"]: json.loads(secret.properties["SecretString"])
        for secret in prod.resources("AWS::SecretsManager::Secret")
        if "SecretString" in secret.properties
    }
    stored = with_option("secret-string")
    assert len(stored) > 4
    for call, value in stored:
        [name] = call.options["secret-id"]
        assert set(json.loads(value)) == set(initial[name]), name
        assert {type(item) for item in json.loads(value).values()} == {type(item) for item in initial[name].values()}


def test_functions_are_invoked_with_what_they_understand(prod: Deployment) -> None:
    invocations = with_option("payload")
    assert len(invocations) > 3
    handlers = {function.properties["FunctionName"]: function.properties["Handler"] for function in prod.functions()}
    for call, payload in invocations:
        [name] = call.options["function-name"]
        path = handlers[name.removesuffix(":live")].removesuffix(".handler").replace(".", "/")
        source = Path(ROOT, f"{path}.py").read_text()
        for key in json.loads(payload):
            assert f'"{key}"' in source, f"{name} does not look at {key}"
