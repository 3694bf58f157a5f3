"""Least privilege: what functions may do, and every wildcard with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.deployment import Deployment, as_list

WILDCARD = re.compile(r"[*?]")

NETWORK_INTERFACES = "Lambda itself makes them, at start, with ids that nobody knows before; the code is denied them"
TRACES = "X-Ray has no resources to name"
SECRET_NAMES = "Secrets Manager ends ARNs in six characters of its own; the name before them is complete"
ONE_KEY = "policies name no aliases; a condition on the alias leaves the one key of the second region"

# Reasons by statement: its actions that meet a wildcard, and the wildcard.
REASONS = {
    ("ec2:AssignPrivateIpAddresses", "*"): NETWORK_INTERFACES,
    ("ec2:CreateNetworkInterface", "*"): NETWORK_INTERFACES,
    ("ec2:DeleteNetworkInterface", "*"): NETWORK_INTERFACES,
    ("ec2:DescribeNetworkInterfaces", "*"): NETWORK_INTERFACES,
    ("ec2:DescribeSubnets", "*"): NETWORK_INTERFACES,
    ("ec2:UnassignPrivateIpAddresses", "*"): NETWORK_INTERFACES,
    ("xray:PutTelemetryRecords", "*"): TRACES,
    ("xray:PutTraceSegments", "*"): TRACES,
    ("s3:PutObject", "/imports/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:GetObject", "/imports/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:PutObject", "/downloads/*"): "names of files are made at run time; only below their prefix",
    ("s3:GetObject", "/downloads/*"): "names of files are made at run time; only below their prefix",
    ("s3:PutObject", "/exports/*"): "names of exports are made at run time; only below their prefix",
    ("s3:GetObject", "/exports/*"): "names of exports are made at run time; only below their prefix",
    ("cloudfront:CreateInvalidation", "/*"): "ids are known in the front's region only; a condition on tags leaves one",
    ("s3:PutObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:GetObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:DeleteObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:PutObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:GetObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:DeleteObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:PutObject", "/media/*"): "names of pictures are made at run time; only below their prefix",
    ("s3:DeleteObject", "/media/*"): "names of pictures are made at run time; only below their prefix",
    ("lambda:InvokeFunction", ":*"): "versions of the one function that a deployment invokes",
    ("secretsmanager:GetSecretValue", "-??????"): SECRET_NAMES,
}

# With a second region only.
COPIES = "S3 copies every object of the one bucket into the one other"
REASONS_IN_TWO_REGIONS = {
    ("secretsmanager:PutSecretValue", "-??????"): SECRET_NAMES,
    ("s3:GetObjectVersionForReplication", "/*"): COPIES,
    ("s3:GetObjectVersionAcl", "/*"): COPIES,
    ("s3:GetObjectVersionTagging", "/*"): COPIES,
    ("s3:ReplicateDelete", "/*"): COPIES,
    ("s3:ReplicateObject", "/*"): COPIES,
    ("s3:ReplicateTags", "/*"): COPIES,
    ("kms:Encrypt", ":key/*"): ONE_KEY,
    ("kms:GenerateDataKey", ":key/*"): ONE_KEY,
}

# In policies that belong to a resource, where `*` means the resource itself, or everything in it.
OWN_POLICY_REASONS = {
    ("AWS::KMS::Key", "kms:*"): "the account's own administrators; without it nobody could ever change the key",
    ("AWS::KMS::Key", "kms:GenerateDataKey*"): "the operation has two forms; services choose",
    ("AWS::KMS::Key", "kms:ReEncrypt*"): "the operation has two halves; CloudWatch Logs uses both",
    ("AWS::S3::BucketPolicy", "s3:GetObject"): "CloudFront shows every picture below its prefix, and nothing else",
    ("AWS::S3::BucketPolicy", "s3:PutObject"): "access logs, whose names are made by S3, below the bucket's prefix",
}
OWN_POLICIES = {
    "AWS::KMS::Key": "KeyPolicy",
    "AWS::S3::BucketPolicy": "PolicyDocument",
    "AWS::SNS::TopicPolicy": "PolicyDocument",
    "AWS::SQS::QueuePolicy": "PolicyDocument",
}


def documents(deployed: Deployment) -> Iterator[tuple[str, dict[str, Any]]]:
    for policy in deployed.resources("AWS::IAM::Policy"):
        yield str(policy), policy.properties["PolicyDocument"]
    for role in deployed.resources("AWS::IAM::Role"):
        for inline in role.properties.get("Policies", []):
            yield str(role), inline["PolicyDocument"]


def wildcards(deployed: Deployment) -> Iterator[tuple[str, str, str]]:
    """Owner, action and wildcard of everything that is allowed with one."""
    for owner, document in documents(deployed):
        for statement in document["Statement"]:
            for action in as_list(statement["Action"]):
                for resource in as_list(statement["Resource"]):
                    if statement["Effect"] == "Allow" and WILDCARD.search(action + ending(resource)):
                        yield owner, action, ending(resource)


def ending(resource: Any) -> str:
    """The literal end of an ARN, from its wildcard's separator on; a reference has none."""
    text = resource if isinstance(resource, str) else str(resource.get("Fn::Join", ["", [""]])[1][-1])
    found = re.search(r"(/imports/|/exports/|/downloads/|/uploads/|/media/|/personal-data/|:key/|[/:-])?[*?]+$", text)
    return found[0] if found else text


def test_every_wildcard_has_a_reason(deployed: Deployment) -> None:
    found = {(action, wildcard): owner for owner, action, wildcard in wildcards(deployed)}
    assert set(found) - set(REASONS) == set()


def test_every_wildcard_of_a_second_region_has_a_reason_too(two_regions: dict[str, Deployment]) -> None:
    found = {(action, wildcard) for both in two_regions.values() for _, action, wildcard in wildcards(both)}
    assert found == set(REASONS) | set(REASONS_IN_TWO_REGIONS)


def test_the_key_of_the_second_region_is_named_by_a_condition(two_regions: dict[str, Deployment]) -> None:
    statements = [s for _, document in documents(two_regions["home"]) for s in document["Statement"]]
    naming = [s for s in statements if "kms:Encrypt" in as_list(s["Action"])]
    assert len(naming) == 3  # buckets that are copied
    for statement in naming:
        assert statement["Condition"]["ForAnyValue:StringEquals"] == {"kms:ResourceAliases": "alias/sharestack-prod"}


def test_every_wildcard_in_a_resource_s_own_policy_has_a_reason(deployed: Deployment) -> None:
    found = set()
    for resource in deployed.resources(*OWN_POLICIES):
        for statement in resource.properties[OWN_POLICIES[resource.kind]]["Statement"]:
            if statement["Effect"] == "Deny":
                continue
            assert statement["Principal"] != "*", str(resource)
            assert statement["Principal"] != {"AWS": "*"}, str(resource)
            for action in as_list(statement["Action"]):
                inside = resource.kind != "AWS::KMS::Key" and WILDCARD.search(ending(statement["Resource"]))
                if inside or "*" in action:
                    found.add((resource.kind, action))
    assert found == set(OWN_POLICY_REASONS)


def test_every_reason_is_needed(dev: Deployment) -> None:
    assert {(action, wildcard) for _, action, wildcard in wildcards(dev)} == set(REASONS)


def test_no_action_is_a_wildcard(deployed: Deployment) -> None:
    for owner, document in documents(deployed):
        for statement in document["Statement"]:
            assert not [action for action in as_list(statement["Action"]) if "*" in action], owner


def test_the_code_of_functions_cannot_touch_network_interfaces(deployed: Deployment) -> None:
    for function in deployed.functions():
        if "VpcConfig" not in function.properties:
            continue
        [denied] = [s for s in deployed.statements_of(function) if s["Effect"] == "Deny"]
        assert "ec2:CreateNetworkInterface" in denied["Action"]
        assert function.properties["FunctionName"] in json.dumps(denied["Condition"])


COMMON = {"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments"}
IN_NETWORK = COMMON | {"rds-db:connect"} | {action for action, _ in REASONS if action.startswith("ec2:")}
COUNTS = {"dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem", "kms:Decrypt", "kms:GenerateDataKey"}
KEEPS_FAILURES = {"sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey"}
READS_SECRET = {"secretsmanager:GetSecretValue", "kms:Decrypt", "kms:GenerateDataKey"}
CONSUMES = {
    "kms:Decrypt",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
}
PUBLISHES = {"events:PutEvents"}


@pytest.mark.parametrize(
    ("context", "handler", "actions"),
    [
        ("analytics", "api", IN_NETWORK | COUNTS),
        ("analytics", "refresh_views", IN_NETWORK | KEEPS_FAILURES),
        ("discovery", "api", IN_NETWORK | COUNTS),
        ("discovery", "refresh_recommendations", IN_NETWORK | KEEPS_FAILURES),
        ("identity", "api", IN_NETWORK | COUNTS | PUBLISHES | READS_SECRET | {"s3:GetObject"}),
        ("identity", "erase_accounts", IN_NETWORK | PUBLISHES | KEEPS_FAILURES | {"s3:DeleteObject"}),
        (
            "identity",
            "on_export_requested",
            IN_NETWORK | PUBLISHES | CONSUMES | {"kms:GenerateDataKey", "s3:DeleteObject", "s3:PutObject"},
        ),
        (
            "identity",
            "rotate_signing_keys",
            IN_NETWORK | READS_SECRET | KEEPS_FAILURES | {"secretsmanager:PutSecretValue"},
        ),
        ("catalog", "api", IN_NETWORK | COUNTS | PUBLISHES | {"s3:GetObject", "s3:ListBucket", "s3:PutObject"}),
        ("catalog", "import_products", IN_NETWORK | PUBLISHES | KEEPS_FAILURES | {"s3:GetObject"}),
        ("catalog", "on_export_requested", IN_NETWORK | CONSUMES | {"kms:GenerateDataKey", "s3:PutObject"}),
        ("catalog", "on_product_changed", IN_NETWORK | PUBLISHES | CONSUMES),
        ("catalog", "purge_pages", COMMON | CONSUMES | {"cloudfront:CreateInvalidation", "ssm:GetParameter"}),
        ("catalog", "rebuild_search", IN_NETWORK),
        ("catalog", "refresh_popularity", IN_NETWORK | KEEPS_FAILURES),
        ("catalog", "notice_low_stock", IN_NETWORK | PUBLISHES | KEEPS_FAILURES),
        ("media", "api", IN_NETWORK | COUNTS | {"s3:PutObject"}),
        (
            "media",
            "process_image",
            IN_NETWORK | PUBLISHES | KEEPS_FAILURES | {"s3:DeleteObject", "s3:GetObject", "s3:PutObject"},
        ),
        ("media", "remove_unused", IN_NETWORK | KEEPS_FAILURES | {"s3:DeleteObject", "s3:ListBucket"}),
        ("ordering", "api", IN_NETWORK | COUNTS | PUBLISHES),
        ("ordering", "expire_reservations", IN_NETWORK | PUBLISHES | KEEPS_FAILURES),
        ("ordering", "notice_abandoned_carts", IN_NETWORK | PUBLISHES | KEEPS_FAILURES),
        ("ordering", "prepare_partitions", IN_NETWORK | KEEPS_FAILURES),
        ("payments", "api", IN_NETWORK | COUNTS | PUBLISHES | READS_SECRET),
        ("payments", "on_webhook", IN_NETWORK | COUNTS | PUBLISHES | READS_SECRET | CONSUMES),
        ("payments", "on_order_events", IN_NETWORK | COUNTS | PUBLISHES | READS_SECRET | CONSUMES),
        ("payments", "on_account_erased", IN_NETWORK | COUNTS | READS_SECRET | CONSUMES),
        ("payments", "resolve_refunds", IN_NETWORK | COUNTS | PUBLISHES | READS_SECRET | KEEPS_FAILURES),
        ("payments", "reconcile", IN_NETWORK | COUNTS | READS_SECRET | KEEPS_FAILURES),
        ("payments", "notice_disputes", IN_NETWORK | KEEPS_FAILURES),
        ("payments", "receive_webhook", COMMON | READS_SECRET | {"sqs:SendMessage"}),
        ("notifications", "on_account_events", IN_NETWORK | CONSUMES | {"ses:SendEmail"}),
        ("notifications", "on_offer_events", IN_NETWORK | CONSUMES | {"ses:SendEmail"}),
        ("notifications", "on_order_events", IN_NETWORK | CONSUMES | {"ses:SendEmail"}),
        ("notifications", "on_shop_events", IN_NETWORK | CONSUMES | {"ses:SendEmail"}),
        ("operations", "api", IN_NETWORK | COUNTS | {"events:DescribeEventBus", "s3:ListBucket"}),
        ("operations", "migrate", IN_NETWORK),
        ("operations", "seed", IN_NETWORK | PUBLISHES),
        ("operations", "sweep_outbox", IN_NETWORK | PUBLISHES | KEEPS_FAILURES),
    ],
)
def test_a_function_may_do_what_it_does_and_nothing_else(
    deployed: Deployment, context: str, handler: str, actions: set[str]
) -> None:
    assert deployed.actions_of(deployed.function(context, handler)) == actions


def test_only_identity_reads_the_private_keys(deployed: Deployment) -> None:
    holders = {
        function.properties["Handler"].split(".")[1]
        for function in deployed.functions()
        if "SigningKeys" in json.dumps(deployed.statements_of(function))
    }
    assert holders == {"identity"}


def test_the_key_is_used_only_through_a_service(deployed: Deployment) -> None:
    """A function can decrypt what a service gives it, not data that it holds itself. Polling is done by Lambda."""
    for function in deployed.functions():
        for statement in deployed.statements_of(function):
            actions = set(as_list(statement["Action"]))
            if actions & {"kms:GenerateDataKey"}:
                assert "kms:ViaService" in json.dumps(statement["Condition"]), str(function)
