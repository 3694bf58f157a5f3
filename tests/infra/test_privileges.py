"""Least privilege: what functions may do, and every wildcard with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from shared.signals import SOURCE
from tests.infra.deployment import Deployment, Resource, as_list, code_of, reached, references

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
    ("s3:PutObject", "/import-reports/*"): "names of reports are made at run time; only below their prefix",
    ("s3:GetObject", "/import-reports/*"): "names of reports are made at run time; only below their prefix",
    ("s3:PutObject", "/downloads/*"): "names of files are made at run time; only below their prefix",
    ("s3:GetObject", "/downloads/*"): "names of files are made at run time; only below their prefix",
    ("s3:PutObject", "/metric-exports/*"): "names of files are made at run time; only below their prefix",
    ("s3:GetObject", "/metric-exports/*"): "names of files are made at run time; only below their prefix",
    ("s3:PutObject", "/exports/*"): "names of exports are made at run time; only below their prefix",
    ("s3:GetObject", "/exports/*"): "names of exports are made at run time; only below their prefix",
    ("cloudfront:CreateInvalidation", "/*"): "ids are known in the front's region only; a condition on tags leaves one",
    ("s3:PutObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:GetObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:DeleteObject", "/uploads/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:PutObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:GetObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:DeleteObject", "/personal-data/*"): "names of copies are made at run time; only below their prefix",
    ("s3:PutObject", "/archives/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:GetObject", "/archives/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:DeleteObject", "/archives/*"): "names of uploads are made at run time; only below their prefix",
    ("s3:PutObject", "/media/*"): "names of pictures are made at run time; only below their prefix",
    ("s3:DeleteObject", "/media/*"): "names of pictures are made at run time; only below their prefix",
    ("s3:GetObject", "/*"): "every object of the bucket of pages is a file of the site, named by its build",
    ("s3:PutObject", "/*"): "every object of the bucket of pages is a file of the site, named by its build",
    ("s3:GetObjectTagging", "/*"): "every object of the bucket of pages is a file of the site, named by its build",
    ("s3:PutObjectTagging", "/*"): "every object of the bucket of pages is a file of the site, named by its build",
    ("ses:SendEmail", "/*"): "in its sandbox SES looks at the recipient's identity, too; a condition names the sender",
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
    (
        "AWS::S3::BucketPolicy",
        "s3:GetObject",
    ): "CloudFront shows pictures below their prefix, and every file of the pages",
    ("AWS::S3::BucketPolicy", "s3:PutObject"): "access logs, whose names are made by S3, below the bucket's prefix",
}
# Where a stack may be removed with what is in its buckets: CDK's provider empties them before.
EMPTIES = "the provider empties the one bucket when its stack is removed, and stops others from writing to it"
OWN_POLICY_REASONS_UNPROTECTED = {
    ("AWS::S3::BucketPolicy", action): EMPTIES
    for action in ("s3:DeleteObject*", "s3:GetBucket*", "s3:List*", "s3:PutBucketPolicy")
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
    found = re.search(
        r"(/imports/|/import-reports/|/exports/|/metric-exports/|/downloads/|/uploads/|/media/|/personal-data/"
        r"|/archives/|:key/|[/:-])?[*?]+$",
        text,
    )
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
                endings = [ending(one) for one in as_list(statement["Resource"])]
                inside = resource.kind != "AWS::KMS::Key" and any(map(WILDCARD.search, endings))
                if inside or "*" in action:
                    found.add((resource.kind, action))
    removable = {} if deployed.environment.protected else OWN_POLICY_REASONS_UNPROTECTED
    assert found == set(OWN_POLICY_REASONS) | set(removable)


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


COMMON = {
    "events:PutEvents",  # of signals; of domain events only where they are recorded
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
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


# Who may do what could hurt most. Every other action follows from what wakes a function and from its variables.
HOLDERS = {
    "cloudfront:CreateInvalidation": {"catalog.purge_pages"},
    "events:DescribeEventBus": {"operations.api"},
    "s3:DeleteObject": {
        "community.import_archive",
        "identity.erase_accounts",
        "identity.on_export_requested",
        "media.process_image",
        "media.remove_unused",
    },
    "s3:GetObject": {
        "analytics.api",
        "catalog.api",
        "catalog.fetch_pictures",
        "catalog.import_products",
        "catalog.on_picture_processed",
        "community.import_archive",
        "identity.api",
        "media.process_image",
    },
    "s3:ListBucket": {"catalog.api", "media.remove_unused", "operations.api"},
    "s3:PutObject": {
        "analytics.on_metrics_export_requested",
        "catalog.api",
        "catalog.fetch_pictures",
        "catalog.import_products",
        "catalog.on_export_requested",
        "catalog.on_picture_processed",
        "community.api",
        "community.import_archive",
        "identity.on_export_requested",
        "media.api",
        "media.process_image",
    },
    "secretsmanager:PutSecretValue": {"identity.rotate_signing_keys"},
    "ses:SendEmail": {
        "notifications.on_account_events",
        "notifications.on_offer_events",
        "notifications.on_order_events",
        "notifications.on_security_events",
        "notifications.on_shop_events",
    },
    "ssm:GetParameter": {"catalog.purge_pages"},
}
USES_KEY = {"kms:Decrypt", "kms:GenerateDataKey"}


def name_of(function: Resource) -> str:
    _, context, _, handler, _ = function.properties["Handler"].split(".")
    return f"{context}.{handler}"


def test_only_these_functions_may_do_what_could_hurt_most(deployed: Deployment) -> None:
    holders: dict[str, set[str]] = {action: set() for action in HOLDERS}
    for function in deployed.functions():
        for action in deployed.actions_of(function) & set(HOLDERS):
            holders[action].add(name_of(function))
    assert holders == HOLDERS


def woken_by(deployed: Deployment, kind: str) -> set[tuple[str, str]]:
    """Stacks and logical ids of the functions whose aliases resources of this kind name as `FunctionName`."""
    woken = [deployed.woken(r.stack, r.properties["FunctionName"]) for r in deployed.resources(kind)]
    return {(function.stack, function.logical_id) for function in woken}


def keeping_failures(deployed: Deployment) -> set[tuple[str, str]]:
    return {
        (config.stack, reference)
        for config in deployed.resources("AWS::Lambda::EventInvokeConfig")
        for reference in references(config.properties["FunctionName"])
    }


def test_a_function_may_do_what_its_triggers_and_variables_need_and_nothing_else(deployed: Deployment) -> None:
    consuming = woken_by(deployed, "AWS::Lambda::EventSourceMapping")
    keeping, http = keeping_failures(deployed), deployed.behind_the_gateway()
    for function in deployed.functions():
        key = (function.stack, function.logical_id)
        names = set(function.properties["Environment"]["Variables"])
        secret = any(name.endswith("_SECRET_ARN") for name in names)
        sends = any(name.endswith("_QUEUE_URL") for name in names)
        needed = IN_NETWORK if "VpcConfig" in function.properties else COMMON
        needed = needed.union(
            *(
                actions
                for actions, reason in (
                    (CONSUMES, key in consuming),
                    (KEEPS_FAILURES, key in keeping),
                    (COUNTS, key in http and "VpcConfig" in function.properties),
                    (READS_SECRET, secret),
                    ({"sqs:SendMessage"}, sends),
                )
                if reason
            )
        )
        allowed = deployed.actions_of(function)
        held = {action for action, holders in HOLDERS.items() if name_of(function) in holders}
        # The key is used through a service: S3 for objects. Failures of a provider are counted by whoever calls it.
        optional = (USES_KEY if held else set()) | (COUNTS if secret else set())
        assert needed <= allowed, f"{function} lacks {sorted(needed - allowed)}"
        assert allowed - needed - held <= optional, f"{function}: {sorted(allowed - needed - held - optional)}"


# They import a module that records events too, and call nothing of it that does.
RECORD_NOTHING = {
    "analytics.on_metrics_export_requested",
    "catalog.on_export_requested",
    "payments.notice_disputes",
}


def test_a_function_may_publish_exactly_where_its_code_records_events(deployed: Deployment) -> None:
    for function in deployed.functions():
        records = bool(re.search(r"outbox\.(record|record_all|sweep)\(", code_of(function)))
        expected = records and name_of(function) not in RECORD_NOTHING
        puts = [s for s in deployed.statements_of(function) if "events:PutEvents" in as_list(s["Action"])]
        assert any("Condition" not in statement for statement in puts) == expected, str(function)


def test_every_function_may_tell_of_its_errors_and_nothing_else_by_that_right(deployed: Deployment) -> None:
    for function in deployed.functions():
        puts = [s for s in deployed.statements_of(function) if "events:PutEvents" in as_list(s["Action"])]
        [condition] = [statement["Condition"] for statement in puts if "Condition" in statement]
        assert condition["ForAllValues:StringEquals"] == {"events:source": SOURCE}, str(function)
        assert condition["Null"] == {"events:source": "false"}, str(function)


def test_a_function_touches_objects_only_where_its_code_does(deployed: Deployment) -> None:
    for function in deployed.functions():
        objects = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"} & deployed.actions_of(function)
        # A signed link may do what its signer may.
        code = ("shared/clients/storage.py", "shared/clients/object_links.py")
        stores = any(file.match(name) for file in reached(function) for name in code)
        assert stores or not objects, str(function)


def test_what_receives_a_provider_s_webhooks_cannot_reach_the_database(deployed: Deployment) -> None:
    ingest = deployed.function("payments", "receive_webhook")
    assert "VpcConfig" not in ingest.properties
    assert deployed.actions_of(ingest) == COMMON | READS_SECRET | {"sqs:SendMessage"}


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
