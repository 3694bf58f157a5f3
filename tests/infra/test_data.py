"""State: kept, encrypted, closed to the public, and as durable as the environment asks."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any

from infra import database_settings
from infra.database_roles import login_roles
from infra.environments import DEV
from tests.infra.deployment import Deployment, as_list, deployment_of, references


def test_every_bucket_blocks_public_access_and_is_encrypted_and_versioned(deployed: Deployment) -> None:
    buckets = deployed.resources("AWS::S3::Bucket")
    assert buckets
    for bucket in buckets:
        assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket.properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert bucket.properties["VersioningConfiguration"] == {"Status": "Enabled"}
        assert bucket.properties["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_every_bucket_refuses_plain_connections(deployed: Deployment) -> None:
    refusing = {
        reference
        for policy in deployed.resources("AWS::S3::BucketPolicy")
        if '"aws:SecureTransport": "false"' in json.dumps(policy.properties)
        for reference in references(policy.properties["Bucket"])
    }
    assert {bucket.logical_id for bucket in deployed.resources("AWS::S3::Bucket")} == refusing


def test_every_bucket_forgets_old_objects_but_not_what_customers_bought_or_see(deployed: Deployment) -> None:
    for bucket in deployed.resources("AWS::S3::Bucket"):
        rules = bucket.properties["LifecycleConfiguration"]["Rules"]
        [rule] = [one for one in rules if not {"Prefix", "TagFilters"} & set(one)]
        assert rule["NoncurrentVersionExpiration"]
        if bucket.logical_id.startswith(("Downloads", "Media")) or bucket.stack == "Web":
            assert "ExpirationInDays" not in rule
        else:
            assert rule["ExpirationInDays"] <= 90


def test_copies_of_people_s_data_and_what_they_bring_are_gone_after_a_week(deployed: Deployment) -> None:
    [bucket] = [b for b in deployed.resources("AWS::S3::Bucket") if b.logical_id.startswith("Imports")]
    rules = [one for one in bucket.properties["LifecycleConfiguration"]["Rules"] if "Prefix" in one]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules} == {"personal-data/": 7, "archives/": 7}
    assert all(rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1} for rule in rules)


def test_pictures_as_they_were_uploaded_are_gone_after_two_days(deployed: Deployment) -> None:
    [bucket] = [b for b in deployed.resources("AWS::S3::Bucket") if b.logical_id.startswith("Media")]
    [rule] = [one for one in bucket.properties["LifecycleConfiguration"]["Rules"] if "Prefix" in one]
    assert (rule["Prefix"], rule["ExpirationInDays"]) == ("uploads/", 2)
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


def test_files_for_buyers_are_uploaded_from_our_own_pages(deployed: Deployment) -> None:
    [bucket] = [b for b in deployed.resources("AWS::S3::Bucket") if b.logical_id.startswith("Downloads")]
    [rule] = bucket.properties["CorsConfiguration"]["CorsRules"]
    assert (rule["AllowedMethods"], rule["AllowedOrigins"]) == (["POST"], list(deployed.environment.allowed_origins))


def test_secrets_are_encrypted_with_our_key_and_hold_json(deployed: Deployment) -> None:
    secrets = deployed.resources("AWS::SecretsManager::Secret")
    assert {secret.properties["Name"].split("/")[1] for secret in secrets} == {
        "signing-keys",
        "stripe",
        "stripe-webhook",
        "origin-1",
    }
    for secret in secrets:
        assert "KmsKeyId" in secret.properties
        generated = "GenerateSecretString" in secret.properties
        assert generated or isinstance(json.loads(secret.properties["SecretString"]), dict)


def test_no_template_holds_the_value_of_a_secret(deployed: Deployment) -> None:
    initial = [
        value
        for secret in deployed.resources("AWS::SecretsManager::Secret")
        for value in json.loads(secret.properties.get("SecretString", "{}")).values()
    ]
    assert set(map(str, initial)) <= {"", "[]"}
    assert "MasterUserPassword" not in deployed.only("AWS::RDS::DBCluster").properties


def test_the_key_is_rotated_and_open_only_to_the_account_and_named_services(deployed: Deployment) -> None:
    key = deployed.only("AWS::KMS::Key").properties
    assert key["EnableKeyRotation"] is True
    account, *others = key["KeyPolicy"]["Statement"]
    assert ":root" in str(account["Principal"]["AWS"])
    for statement in others:
        assert statement["Condition"]
        assert "Service" in statement["Principal"] or statement["Principal"] == account["Principal"]


def test_the_table_forgets_expired_items_and_can_be_restored(deployed: Deployment) -> None:
    table = deployed.only("AWS::DynamoDB::GlobalTable").properties
    assert [(item["AttributeName"], item["KeyType"]) for item in table["KeySchema"]] == [
        ("pk", "HASH"),
        ("sk", "RANGE"),
    ]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["SSESpecification"]["SSEType"] == "KMS"
    [replica] = table["Replicas"]
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert replica["DeletionProtectionEnabled"] is deployed.environment.protected


def test_the_database_is_postgresql_18_encrypted_and_takes_tokens_over_tls_only(deployed: Deployment) -> None:
    cluster = deployed.only("AWS::RDS::DBCluster").properties
    assert cluster["Engine"] == "aurora-postgresql"
    assert cluster["EngineVersion"].startswith("18.")
    assert cluster["StorageEncrypted"] is True
    assert cluster["EnableIAMDatabaseAuthentication"] is True
    assert cluster["ManageMasterUserPassword"] is True
    parameters = deployed.only("AWS::RDS::DBClusterParameterGroup").properties["Parameters"]
    assert parameters["rds.force_ssl"] == "1"
    assert parameters["lock_timeout"] == "3000"


def test_the_database_s_log_holds_no_values_and_no_rows(deployed: Deployment) -> None:
    """That the settings do so is seen in `tests/integration/test_database_log.py`, on the embedded server."""
    parameters = deployed.only("AWS::RDS::DBClusterParameterGroup").properties["Parameters"]
    assert parameters.items() >= database_settings.LOG.items()
    assert database_settings.LOG["log_parameter_max_length"] == "0"
    assert database_settings.LOG["log_error_verbosity"] == "terse"


def test_what_is_not_protected_can_be_removed_with_what_is_in_it(deployed: Deployment) -> None:
    emptied = {
        (resource.stack, reference)
        for resource in deployed.resources("Custom::S3AutoDeleteObjects")
        for reference in references(resource.properties["BucketName"])
    }
    buckets = {(bucket.stack, bucket.logical_id) for bucket in deployed.resources("AWS::S3::Bucket")}
    assert emptied == (set() if deployed.environment.protected else buckets)
    state = deployed.resources(
        "AWS::S3::Bucket", "AWS::RDS::DBCluster", "AWS::DynamoDB::GlobalTable", "AWS::SecretsManager::Secret"
    )
    if not deployed.environment.protected:
        assert {resource.body["DeletionPolicy"] for resource in state} == {"Delete"}
        assert deployed.only("AWS::RDS::DBCluster").properties["DeletionProtection"] is False


def test_once_its_id_is_known_one_distribution_alone_reads_pictures_and_uses_the_key(dev: Deployment) -> None:
    known = deployment_of(dataclasses.replace(DEV, distribution="E2QWRUHAPOMQZL"))
    for deployed, ending in ((dev, ":distribution/*"), (known, ":distribution/E2QWRUHAPOMQZL")):
        trusted = [
            json.dumps(statement["Condition"]["ArnLike"]["aws:SourceArn"])
            for resource, document in (
                *((policy, "PolicyDocument") for policy in deployed.resources("AWS::S3::BucketPolicy")),
                (deployed.only("AWS::KMS::Key"), "KeyPolicy"),
            )
            for statement in resource.properties[document]["Statement"]
            if statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        ]
        assert len(trusted) == 3  # the bucket of pages is read like that of pictures
        assert all(ending in source for source in trusted)


def test_no_database_instance_is_public(deployed: Deployment) -> None:
    for instance in deployed.resources("AWS::RDS::DBInstance"):
        assert instance.properties["PubliclyAccessible"] is False
        assert instance.properties["DBInstanceClass"] == "db.serverless"


def test_only_functions_and_the_proxy_reach_the_database(deployed: Deployment) -> None:
    [group] = [g for g in deployed.resources("AWS::EC2::SecurityGroup") if g.logical_id.startswith("Database")]
    rules = [
        rule
        for rule in deployed.resources("AWS::EC2::SecurityGroupIngress")
        if group.logical_id in references(rule.properties["GroupId"])
    ]
    assert {rule.properties["FromPort"] for rule in rules} == {5432}
    assert all("SourceSecurityGroupId" in rule.properties for rule in rules)
    assert not group.properties.get("SecurityGroupIngress")


def test_functions_connect_to_the_database_and_over_https_only(deployed: Deployment) -> None:
    [group] = [g for g in deployed.resources("AWS::EC2::SecurityGroup") if g.logical_id.startswith("Functions")]
    separate = {
        rule.properties["FromPort"]
        for rule in deployed.resources("AWS::EC2::SecurityGroupEgress")
        if group.logical_id in references(rule.properties["GroupId"])
    }
    assert separate | {rule["FromPort"] for rule in group.properties["SecurityGroupEgress"]} == {443, 5432}


def test_production_cannot_be_deleted_by_mistake(prod: Deployment) -> None:
    assert prod.only("AWS::RDS::DBCluster").properties["DeletionProtection"] is True
    for kind in (
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBSubnetGroup",
        "AWS::KMS::Key",
        "AWS::DynamoDB::GlobalTable",
        "AWS::S3::Bucket",
        "AWS::SecretsManager::Secret",
    ):
        for resource in prod.resources(kind):
            if "GenerateSecretString" not in resource.properties:  # what nobody needs once it is gone
                # A creation that fails takes it along: its name is fixed, and would be in the way of the next try.
                assert resource.body["DeletionPolicy"] == "RetainExceptOnCreate", str(resource)
                assert resource.body["UpdateReplacePolicy"] == "Retain", str(resource)
    stacks = [a for a in prod.manifest["artifacts"].values() if a["type"] == "aws:cloudformation:stack"]
    assert {stack["properties"].get("terminationProtection") for stack in stacks} == {True}


def test_production_is_backed_up_for_30_days_and_has_a_reader_and_a_proxy(prod: Deployment) -> None:
    assert prod.only("AWS::RDS::DBCluster").properties["BackupRetentionPeriod"] == 30
    assert len(prod.resources("AWS::RDS::DBInstance")) == 2
    assert prod.only("AWS::RDS::DBProxy").properties["RequireTLS"] is True
    assert prod.only("AWS::Events::Archive").properties["RetentionDays"] == 14


def test_functions_and_the_proxy_log_in_with_tokens(prod: Deployment) -> None:
    proxy = prod.only("AWS::RDS::DBProxy").properties
    assert proxy["DefaultAuthScheme"] == "IAM_AUTH"
    assert "Auth" not in proxy
    [role] = references(proxy["RoleArn"])
    policies = [p for p in prod.resources("AWS::IAM::Policy", stack="Data") if {"Ref": role} in p.properties["Roles"]]
    statements = [one for policy in policies for one in policy.properties["PolicyDocument"]["Statement"]]
    assert sorted(database_users(statements)) == sorted(login_roles())
    for function in prod.functions():
        assert ("rds-db:connect" in prod.actions_of(function)) == ("VpcConfig" in function.properties), str(function)


def test_a_function_logs_in_as_its_context_and_the_migration_as_the_owner(deployed: Deployment) -> None:
    for function in deployed.functions():
        _, context, _, handler, _ = function.properties["Handler"].split(".")
        role = "sharestack" if (context, handler) == ("operations", "migrate") else f"sharestack_{context}"
        url = json.dumps(function.properties["Environment"]["Variables"]["DATABASE_URL"])
        assert f"postgresql://{role}@" in url, str(function)
        assert set(database_users(deployed.statements_of(function))) <= {role}, str(function)


def database_users(statements: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Who may be logged in as, by statements of policies."""
    for statement in statements:
        if "rds-db:connect" in as_list(statement["Action"]):
            yield from (json.dumps(arn).rpartition("/")[2].rstrip('"]}') for arn in as_list(statement["Resource"]))


def test_development_is_cheap(dev: Deployment) -> None:
    """No hourly fee but for one small instance, and a database that pauses."""
    assert not dev.resources("AWS::EC2::NatGateway", "AWS::RDS::DBProxy")
    endpoints = {endpoint.properties["VpcEndpointType"] for endpoint in dev.resources("AWS::EC2::VPCEndpoint")}
    assert endpoints == {"Gateway"}
    scaling = dev.only("AWS::RDS::DBCluster").properties["ServerlessV2ScalingConfiguration"]
    assert scaling["MinCapacity"] == 0
    assert scaling["SecondsUntilAutoPause"] <= 900
    assert dev.only("AWS::EC2::Instance").properties["InstanceType"] == "t4g.nano"


def test_what_reaches_aws_services_from_private_subnets_has_an_endpoint(prod: Deployment) -> None:
    services = {json.dumps(endpoint.properties["ServiceName"]) for endpoint in prod.resources("AWS::EC2::VPCEndpoint")}
    for name in ("s3", "dynamodb", "sqs", "events", "secretsmanager", "email"):
        assert any(f".{name}" in service for service in services), name


def test_every_log_group_ends(deployed: Deployment) -> None:
    groups = deployed.resources("AWS::Logs::LogGroup")
    assert {group.properties["RetentionInDays"] for group in groups} == {deployed.environment.log_days}


def test_every_lambda_function_names_its_log_group(deployed: Deployment) -> None:
    """Also CDK's own: a group that Lambda makes by itself is kept for ever."""
    for function in deployed.resources("AWS::Lambda::Function"):
        assert "LogGroup" in function.properties["LoggingConfig"], str(function)


def test_functions_reach_the_database_through_the_proxy_where_there_is_one(deployed: Deployment) -> None:
    proxies = deployed.resources("AWS::RDS::DBProxy")
    assert bool(proxies) == deployed.environment.database_proxy
    for function in deployed.functions():
        url = json.dumps(function.properties["Environment"]["Variables"]["DATABASE_URL"])
        reached = proxies or deployed.resources("AWS::RDS::DBCluster")
        assert any(f"FnGetAtt{resource.logical_id}Endpoint" in url for resource in reached), str(function)


def test_the_login_roles_are_made_through_the_data_api_with_the_secret_s_own_rights(deployed: Deployment) -> None:
    call = deployed.only("Custom::AWS")
    assert "RDSDataService" in json.dumps(call.properties["Create"])
    [policy] = [p for p in deployed.resources("AWS::IAM::Policy", stack="Data") if "LoginRole" in p.logical_id]
    statements = policy.properties["PolicyDocument"]["Statement"]
    actions = {action for statement in statements for action in as_list(statement["Action"])}
    assert actions == {"kms:Decrypt", "rds-data:ExecuteStatement", "secretsmanager:GetSecretValue"}
