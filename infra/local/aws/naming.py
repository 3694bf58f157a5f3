"""What resources are called on this computer: their names, references (``Ref``) and attributes (``Fn::GetAtt``).

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

ACCOUNT: Final = "123456789012"  # the AWS server's default account
REGION: Final = "us-east-1"

FUNCTION_URL_HOST: Final = ".lambda-url.local"

Property: TypeAlias = Callable[[str], Any]


@dataclass(frozen=True)
class Identity:
    """How a resource is known: its name, what ``Ref`` gives, and what ``Fn::GetAtt`` gives by attribute."""

    name: str
    ref: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def function_name(handler: str) -> str | None:
    """``payments.on_webhook`` for ``functions.payments.handlers.on_webhook.handler``; None for code of others."""
    parts = handler.split(".")
    if len(parts) == 5 and parts[0] == "functions" and parts[2] == "handlers" and parts[4] == "handler":
        return f"{parts[1]}.{parts[3]}"
    return None


def function_at_url(physical_name: str) -> str:
    """``web.render`` for ``sharestack-dev-web-render``: functions that no manifest describes are named by theirs."""
    return ".".join(physical_name.rsplit("-", 2)[-2:])


def edge_function_name(physical_name: str) -> str:
    """``front.pages`` for ``sharestack-dev-pages``, code that CloudFront itself runs."""
    return f"front.{physical_name.rsplit('-', 1)[-1]}"


def identify(
    kind: str, stack: str, logical_id: str, resource: Property, addresses: Mapping[str, str]
) -> Identity | None:
    """Identity of a resource of a known kind, None for an unknown kind.

    ``resource`` gives the resolved value of a property. Secrets are not identified here: only the server that makes one
    knows its ARN.
    """
    describe = _KINDS.get(kind)
    return describe(stack, logical_id, resource, addresses) if describe else None


def arn(service: str, resource: str, *, region: str = REGION, account: str = ACCOUNT) -> str:
    """Amazon Resource Name of a local resource."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def _fit(stack: str, logical_id: str, limit: int) -> str:
    name = f"{stack}-{logical_id}"
    return name if len(name) <= limit else f"{name[: limit - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _queue(stack: str, logical_id: str, resource: Property, addresses: Mapping[str, str]) -> Identity:
    name = resource("QueueName") or _fit(stack, logical_id, 75) + (".fifo" if resource("FifoQueue") else "")
    url = f"{addresses['cloud']}/{ACCOUNT}/{name}"
    return Identity(name, url, {"Arn": arn("sqs", name), "QueueName": name, "QueueUrl": url})


def _bucket(stack: str, logical_id: str, resource: Property, addresses: Mapping[str, str]) -> Identity:
    name = resource("BucketName") or _fit(stack, logical_id, 63).lower()
    address = f"{addresses['cloud']}/{name}"
    attributes = {"Arn": f"arn:aws:s3:::{name}", "DomainName": address, "RegionalDomainName": address}
    return Identity(name, name, attributes)


def _function(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
    name = resource("FunctionName") or _fit(stack, logical_id, 64)
    return Identity(name, name, {"Arn": arn("lambda", f"function:{name}")})


def _version(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
    """A version or alias: everything runs the code of the checkout, so both stand for the function itself."""
    name = str(resource("FunctionName")).removeprefix(arn("lambda", "function:")).split(":")[0]
    address = arn("lambda", f"function:{name}")
    return Identity(name, address, {"AliasArn": address, "FunctionArn": address, "Version": "1"})


def _function_url(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
    """An address that names its function; the gateway asks that one instead."""
    name = str(resource("TargetFunctionArn")).removeprefix(arn("lambda", "function:")).split(":")[0]
    return Identity(name, name, {"FunctionUrl": f"https://{name}{FUNCTION_URL_HOST}/"})


def _edge_function(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
    name = str(resource("Name"))
    address = arn("cloudfront", f"function/{name}", region="")
    return Identity(name, address, {"FunctionARN": address})


def _api(stack: str, logical_id: str, resource: Property, addresses: Mapping[str, str]) -> Identity:
    attributes = {"ApiEndpoint": addresses["gateway"], "ApiId": logical_id}
    return Identity(resource("Name") or logical_id, logical_id, attributes)


def _named(
    property_name: str, service: str, resource_prefix: str = "", *, ref: str = "name", limit: int = 64
) -> Callable[[str, str, Property, Mapping[str, str]], Identity]:
    """Kinds that differ only in the property that names them, the form of their ARN, and what ``Ref`` gives."""

    def describe(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
        name = str(resource(property_name) or _fit(stack, logical_id, limit))
        address = arn(service, resource_prefix + name)
        attributes = {"Arn": address, "Name": name, "Id": name, "TopicArn": address, "TopicName": name, "KeyId": name}
        return Identity(name, address if ref == "arn" else name, attributes)

    return describe


def _parameter(stack: str, logical_id: str, resource: Property, _: Mapping[str, str]) -> Identity:
    name = resource("Name") or _fit(stack, logical_id, 200)
    return Identity(name, name, {"Type": str(resource("Type")), "Value": str(resource("Value"))})


_KINDS: Final[dict[str, Callable[[str, str, Property, Mapping[str, str]], Identity]]] = {
    "AWS::SQS::Queue": _queue,
    "AWS::S3::Bucket": _bucket,
    "AWS::Lambda::Function": _function,
    "AWS::Lambda::Version": _version,
    "AWS::Lambda::Alias": _version,
    "AWS::Lambda::Url": _function_url,
    "AWS::CloudFront::Function": _edge_function,
    "AWS::CloudFront::CachePolicy": _named("", "cloudfront"),
    "AWS::CloudFront::OriginRequestPolicy": _named("", "cloudfront"),
    "AWS::CloudFront::ResponseHeadersPolicy": _named("", "cloudfront"),
    "AWS::ApiGatewayV2::Api": _api,
    "AWS::ApiGatewayV2::Authorizer": _named("Name", "apigateway"),
    "AWS::ApiGatewayV2::Integration": _named("", "apigateway"),
    "AWS::ApiGatewayV2::Stage": _named("StageName", "apigateway"),
    "AWS::DynamoDB::Table": _named("TableName", "dynamodb", "table/", limit=200),
    "AWS::DynamoDB::GlobalTable": _named("TableName", "dynamodb", "table/", limit=200),
    "AWS::Events::EventBus": _named("Name", "events", "event-bus/"),
    "AWS::Events::Rule": _named("Name", "events", "rule/"),
    "AWS::Scheduler::ScheduleGroup": _named("Name", "scheduler", "schedule-group/"),
    "AWS::SES::EmailIdentity": _named("EmailIdentity", "ses", "identity/"),
    "AWS::SES::ConfigurationSet": _named("Name", "ses", "configuration-set/"),
    "AWS::SNS::Topic": _named("TopicName", "sns", ref="arn"),
    "AWS::KMS::Key": _named("", "kms", "key/"),
    "AWS::KMS::Alias": _named("AliasName", "kms"),
    "AWS::IAM::Role": _named("RoleName", "iam", "role/"),
    "AWS::Logs::LogGroup": _named("LogGroupName", "logs", "log-group:"),
    "AWS::SSM::Parameter": _parameter,
}
