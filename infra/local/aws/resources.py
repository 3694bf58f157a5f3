"""Makes, on the local AWS server, the resources that the templates define and functions need."""

import json
import secrets
import string
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from infra.local.aws.cloud import Clients
from infra.local.aws.intrinsics import Assembly, Resource
from infra.local.aws.naming import Identity

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import TargetTypeDef
    from mypy_boto3_sqs.literals import QueueAttributeNameType

_QUEUE_ATTRIBUTES: Final[dict[str, "QueueAttributeNameType"]] = {
    "VisibilityTimeout": "VisibilityTimeout",
    "MessageRetentionPeriod": "MessageRetentionPeriod",
    "DelaySeconds": "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize": "MaximumMessageSize",
    "FifoQueue": "FifoQueue",
    "ContentBasedDeduplication": "ContentBasedDeduplication",
}


def make_resources(
    assembly: Assembly,
    clients: Clients,
    *,
    secret_values: Mapping[str, str],
    local_secrets: Mapping[str, str],
    visibility_timeout: int | None = None,
) -> None:
    """Make queues, buses and rules, tables, buckets, secrets, mail identities, distributions and parameters, in an
    order that references allow.

    ``secret_values`` are values kept from earlier, by the secret's name; ``local_secrets`` are those that an operator
    would set, by the environment variable that names the secret to a function. ``visibility_timeout`` (seconds)
    replaces that of every queue, for tests that cannot wait as long as a deployed system does.
    """
    preset = _preset_secrets(assembly, local_secrets)
    for resource in assembly.resources("AWS::SecretsManager::Secret"):
        _make_secret(assembly, clients, resource, secret_values, preset)
    _make_queues(assembly, clients, visibility_timeout)
    for resource in assembly.resources("AWS::S3::Bucket"):
        _make_bucket(assembly, clients, resource)
    for resource in assembly.resources("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
        _make_table(assembly, clients, resource)
    for resource in assembly.resources("AWS::Events::EventBus"):
        clients.events.create_event_bus(Name=assembly.identity(resource.stack, resource.logical_id).name)
    for resource in assembly.resources("AWS::Events::Rule"):
        _make_rule(assembly, clients, resource)
    for sender in _senders(assembly):
        clients.mail.create_email_identity(EmailIdentity=sender)
    for resource in assembly.resources("AWS::CloudFront::Distribution"):
        _make_distribution(assembly, clients, resource)
    for resource in assembly.resources("AWS::SSM::Parameter"):
        properties = _properties(assembly, resource, "Name", "Type", "Value")
        clients.parameters.put_parameter(**properties)


def _properties(assembly: Assembly, resource: Resource, *names: str) -> dict[str, Any]:
    """Resolved properties; only those named, because others may refer to what does not exist here (keys, roles)."""
    chosen = {name: value for name, value in resource.properties.items() if name in names}
    properties: dict[str, Any] = assembly.resolve(resource.stack, chosen)
    return properties


def _variables(assembly: Assembly) -> list[tuple[str, str, Any]]:
    """Every environment variable of every function: the function's stack, the name, the unresolved value."""
    return [
        (resource.stack, name, value)
        for resource in assembly.resources("AWS::Lambda::Function")
        for name, value in resource.properties.get("Environment", {}).get("Variables", {}).items()
    ]


def _preset_secrets(assembly: Assembly, local_secrets: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Values by (stack, logical id) of the secret that an environment variable refers to."""
    marks = {key: Identity("", f"secret:{key[0]}:{key[1]}", {}) for key in _secret_keys(assembly)}
    assembly.identities.update(marks)
    try:
        values = {
            str(assembly.resolve(stack, value)): local_secrets[name]
            for stack, name, value in _variables(assembly)
            if name in local_secrets
        }
    finally:
        for key in marks:
            del assembly.identities[key]
    return {key: values[mark.ref] for key, mark in marks.items() if mark.ref in values}


def _secret_keys(assembly: Assembly) -> list[tuple[str, str]]:
    return [(item.stack, item.logical_id) for item in assembly.resources("AWS::SecretsManager::Secret")]


def _make_secret(
    assembly: Assembly,
    clients: Clients,
    resource: Resource,
    secret_values: Mapping[str, str],
    preset: Mapping[tuple[str, str], str],
) -> None:
    key = (resource.stack, resource.logical_id)
    properties = _properties(assembly, resource, "Name", "SecretString", "GenerateSecretString")
    name = properties.get("Name") or f"{resource.stack}-{resource.logical_id}"
    value = preset.get(key) or secret_values.get(name) or properties.get("SecretString")
    if value is None:
        value = generate_secret(properties.get("GenerateSecretString", {}))
    address = clients.secrets.create_secret(Name=name, SecretString=value)["ARN"]
    assembly.identities[key] = Identity(name, address, {"Id": address})


def generate_secret(rule: Mapping[str, Any]) -> str:
    """A random secret by a GenerateSecretString rule.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
    """
    kinds = {
        "ExcludeLowercase": string.ascii_lowercase,
        "ExcludeUppercase": string.ascii_uppercase,
        "ExcludeNumbers": string.digits,
        "ExcludePunctuation": string.punctuation,
    }
    alphabet = "".join(characters for name, characters in kinds.items() if not rule.get(name))
    alphabet = "".join(set(alphabet) - set(rule.get("ExcludeCharacters", "")))
    password = "".join(secrets.choice(alphabet) for _ in range(int(rule.get("PasswordLength", 32))))
    if "GenerateStringKey" not in rule:
        return password
    return json.dumps({**json.loads(rule.get("SecretStringTemplate", "{}")), rule["GenerateStringKey"]: password})


def _make_queues(assembly: Assembly, clients: Clients, visibility_timeout: int | None) -> None:
    resources = list(assembly.resources("AWS::SQS::Queue"))
    for resource in resources:
        properties = _properties(assembly, resource, *_QUEUE_ATTRIBUTES)
        if visibility_timeout is not None:
            properties["VisibilityTimeout"] = visibility_timeout
        attributes = {_QUEUE_ATTRIBUTES[name]: _text(value) for name, value in properties.items()}
        name = assembly.identity(resource.stack, resource.logical_id).name
        clients.sqs.create_queue(QueueName=name, Attributes=attributes)
    for resource in resources:  # by now every dead-letter queue exists
        redrive = _properties(assembly, resource, "RedrivePolicy").get("RedrivePolicy")
        if redrive:
            url = assembly.identity(resource.stack, resource.logical_id).ref
            clients.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(redrive)})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _make_bucket(assembly: Assembly, clients: Clients, resource: Resource) -> None:
    name = assembly.identity(resource.stack, resource.logical_id).name
    properties = _properties(assembly, resource, "VersioningConfiguration", "CorsConfiguration")
    clients.s3.create_bucket(Bucket=name)
    if properties.get("VersioningConfiguration", {}).get("Status") == "Enabled":
        clients.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    rules = properties.get("CorsConfiguration", {}).get("CorsRules")
    if rules:
        names = ("AllowedHeaders", "AllowedMethods", "AllowedOrigins", "ExposedHeaders", "MaxAge")
        renamed = {"ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}
        cors: Any = [{renamed.get(key, key): rule[key] for key in names if key in rule} for rule in rules]
        clients.s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": cors})


def _make_table(assembly: Assembly, clients: Clients, resource: Resource) -> None:
    name = assembly.identity(resource.stack, resource.logical_id).name
    settings = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
    properties = _properties(assembly, resource, *settings, "TimeToLiveSpecification")
    expiry = properties.pop("TimeToLiveSpecification", None)
    clients.dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **properties)
    if expiry:
        clients.dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=expiry)


def _make_rule(assembly: Assembly, clients: Clients, resource: Resource) -> None:
    properties = _properties(assembly, resource, "EventBusName", "EventPattern", "State")
    name = assembly.identity(resource.stack, resource.logical_id).name
    bus = properties.get("EventBusName", "default")
    clients.events.put_rule(
        Name=name,
        EventBusName=bus,
        EventPattern=json.dumps(properties["EventPattern"]),
        State=properties.get("State", "ENABLED"),
    )
    target_fields = ("Id", "Arn", "Input", "InputPath", "InputTransformer", "SqsParameters")
    targets: list[TargetTypeDef] = [
        assembly.resolve(resource.stack, {key: target[key] for key in target_fields if key in target})
        for target in resource.properties.get("Targets", [])
    ]
    clients.events.put_targets(Rule=name, EventBusName=bus, Targets=targets)


def _make_distribution(assembly: Assembly, clients: Clients, resource: Resource) -> None:
    """One without a cache: here callers reach the gateway directly. It records the invalidations that it receives."""
    key = (resource.stack, resource.logical_id)
    config = {
        "CallerReference": "-".join(key),
        "Comment": "keeps nothing",
        "Enabled": False,
        "Origins": {"Quantity": 1, "Items": [{"Id": "gateway", "DomainName": "127.0.0.1"}]},
        "DefaultCacheBehavior": {"TargetOriginId": "gateway", "ViewerProtocolPolicy": "allow-all"},
    }
    distribution = clients.front.create_distribution(DistributionConfig=config)["Distribution"]
    assembly.identities[key] = Identity(
        distribution["Id"], distribution["Id"], {"Id": distribution["Id"], "DomainName": distribution["DomainName"]}
    )


def _senders(assembly: Assembly) -> set[str]:
    """Mail identities: those of the templates, and the senders that an operator would have verified by hand."""
    identities = {
        assembly.identity(resource.stack, resource.logical_id).name
        for resource in assembly.resources("AWS::SES::EmailIdentity")
    }
    return identities | {
        str(assembly.resolve(stack, value)) for stack, name, value in _variables(assembly) if name == "MAIL_FROM"
    }
