"""Production with its one setting for a second region: what is copied, what waits, and who chooses between the two."""

from __future__ import annotations

import dataclasses
import json

import pytest

from infra.environments import DEV, PROD
from tests.infra.conftest import PROD_IN_TWO_REGIONS
from tests.infra.deployment import Deployment, deployment_of, references, regions

Regions = dict[str, Deployment]

SECOND = "ap-northeast-1"


def test_one_setting_adds_every_stack_again(two_regions: Regions, prod: Deployment) -> None:
    assert set(two_regions["home"].templates) == set(prod.templates)
    assert set(two_regions["standby"].templates) == set(prod.templates) - {"Front"} | {"Vault"}


def test_stacks_are_in_their_regions_and_small(two_regions: Regions) -> None:
    for deployed in two_regions.values():
        for stack, template in deployed.templates.items():
            artifact = deployed.manifest["artifacts"][deployed.environment.stack_name(stack)]
            region = "us-east-1" if stack == "Front" else deployed.environment.region
            assert artifact["environment"] == f"aws://unknown-account/{region}"
            assert len(template["Resources"]) < 300, stack


def test_no_stack_needs_the_other_region_to_be_there_when_it_is_deployed(two_regions: Regions) -> None:
    """Names are fixed instead of handed over: a lost region must not hold up the other one's deployment.

    CloudFront's stack alone reads the address of the function that renders pages, which Lambda gives. It belongs to the
    home region's deployment.
    """
    text = json.dumps([deployed.templates for deployed in two_regions.values()])
    assert "CrossRegionExport" not in text
    reading = {
        (region, stack)
        for region, deployed in two_regions.items()
        for stack, template in deployed.templates.items()
        if "Fn::GetStackOutput" in json.dumps(template)
    }
    assert reading == {("home", "Front")}


def test_the_database_is_copied_to_a_cluster_that_has_nothing_of_its_own(two_regions: Regions) -> None:
    home, standby = two_regions["home"], two_regions["standby"]
    world = home.only("AWS::RDS::GlobalCluster").properties
    follower = standby.only("AWS::RDS::DBCluster").properties
    assert follower["GlobalClusterIdentifier"] == world["GlobalClusterIdentifier"]
    assert home.only("AWS::RDS::DBCluster").logical_id in references(world["SourceDBClusterIdentifier"])
    for name in ("DatabaseName", "MasterUsername", "MasterUserPassword", "ManageMasterUserPassword"):
        assert name not in follower
    assert follower["StorageEncrypted"] is True
    assert follower["BackupRetentionPeriod"] == 30
    assert not standby.resources("AWS::SecretsManager::Secret")


def test_a_global_database_has_an_administrator_whose_password_a_function_rotates(two_regions: Regions) -> None:
    """RDS does not manage passwords of clusters in a global database."""
    home = two_regions["home"]
    assert not home.only("AWS::RDS::DBCluster").properties.get("ManageMasterUserPassword")
    schedule = home.only("AWS::SecretsManager::RotationSchedule").properties
    assert schedule["RotationRules"]["ScheduleExpression"] == "rate(30 days)"


def test_the_second_region_s_functions_reach_the_instance_that_is_there_before_and_after(two_regions: Regions) -> None:
    for function in two_regions["standby"].functions():
        url = json.dumps(function.properties["Environment"]["Variables"]["DATABASE_URL"])
        assert "ReadEndpoint" in url
    assert len(two_regions["standby"].resources("AWS::RDS::DBInstance")) == 1


def test_counters_are_copied(two_regions: Regions) -> None:
    replicas = two_regions["home"].only("AWS::DynamoDB::GlobalTable").properties["Replicas"]
    assert {replica["Region"] for replica in replicas} == {PROD.region, SECOND}
    for replica in replicas:
        assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert replica["SSESpecification"]["KMSMasterKeyId"]
    for function in two_regions["standby"].functions():
        assert function.properties["Environment"]["Variables"]["TABLE_NAME"] == "sharestack-prod"


def test_uploads_are_copied_under_the_second_region_s_key(two_regions: Regions) -> None:
    configurations = [
        bucket.properties["ReplicationConfiguration"]
        for bucket in two_regions["home"].resources("AWS::S3::Bucket")
        if "ReplicationConfiguration" in bucket.properties
    ]
    copies = [
        bucket.properties["BucketName"]
        for bucket in two_regions["standby"].resources("AWS::S3::Bucket", stack="Vault")
        if "BucketName" in bucket.properties
    ]
    account = {"Ref": "AWS::AccountId"}
    names = [f"sharestack-prod-{content}-standby-" for content in ("imports", "downloads", "media")]
    assert copies == [{"Fn::Join": ["", [name, account]]} for name in names]
    for configuration, name in zip(configurations, names, strict=True):
        [rule] = configuration["Rules"]
        assert name in json.dumps(rule["Destination"]["Bucket"])
        assert f"kms:{SECOND}" in json.dumps(rule["Destination"]["EncryptionConfiguration"])
        assert rule["SourceSelectionCriteria"]["SseKmsEncryptedObjects"]["Status"] == "Enabled"


def test_secrets_are_copied_and_known_by_their_names(two_regions: Regions) -> None:
    for secret in two_regions["home"].resources("AWS::SecretsManager::Secret"):
        name = secret.properties.get("Name", "")
        if name.startswith("sharestack-prod/"):
            assert SECOND in {replica["Region"] for replica in secret.properties["ReplicaRegions"]}, name
    identity = two_regions["standby"].function("identity", "api")
    assert identity.properties["Environment"]["Variables"]["SIGNING_KEYS_SECRET_ARN"] == "sharestack-prod/signing-keys"
    assert "sharestack-prod/signing-keys-??????" in json.dumps(two_regions["standby"].statements_of(identity))


def test_copies_have_a_place_before_they_are_made(two_regions: Regions) -> None:
    home = two_regions["home"]
    dependencies = home.manifest["artifacts"]["ShareStack-Prod-Data"]["dependencies"]
    assert "ShareStack-Prod-Standby-Vault" in dependencies
    follower = home.manifest["artifacts"]["ShareStack-Prod-Standby-Data"]["dependencies"]
    assert "ShareStack-Prod-Data" in follower


def test_nothing_wakes_by_itself_in_a_region_that_stands_by(two_regions: Regions) -> None:
    standby = two_regions["standby"]
    schedules = standby.resources("AWS::Scheduler::Schedule")
    assert {schedule.properties["State"] for schedule in schedules} == {"DISABLED"}
    woken = standby.resources("Custom::Trigger", "Custom::S3BucketNotifications")
    assert {resource.stack for resource in woken} == {"Web"}  # whose upload needs no data
    assert {s.properties["State"] for s in two_regions["home"].resources("AWS::Scheduler::Schedule")} == {"ENABLED"}


def test_a_promoted_region_wakes_up() -> None:
    woken = regions(deployment_of(dataclasses.replace(PROD_IN_TWO_REGIONS, promoted=True)))["standby"]
    assert {s.properties["State"] for s in woken.resources("AWS::Scheduler::Schedule")} == {"ENABLED"}
    assert woken.resources("Custom::Trigger", stack="Operations")
    assert woken.resources("Custom::S3BucketNotifications", stack="Catalog")


def test_route_53_sends_cloudfront_to_the_second_region_when_the_first_does_not_answer(two_regions: Regions) -> None:
    records = {
        name: deployed.only_in("Edge", "AWS::Route53::RecordSet").properties for name, deployed in two_regions.items()
    }
    assert {record["Name"] for record in records.values()} == {f"origin.{PROD.domain}."}
    assert (records["home"]["Failover"], records["standby"]["Failover"]) == ("PRIMARY", "SECONDARY")
    check = two_regions["home"].only_in("Edge", "AWS::Route53::HealthCheck")
    assert check.logical_id in references(records["home"]["HealthCheckId"])
    config = check.properties["HealthCheckConfig"]
    assert (config["Type"], config["ResourcePath"], config["FailureThreshold"]) == ("HTTPS", "/health", 3)


def test_what_an_account_has_once_is_made_once(two_regions: Regions) -> None:
    assert not two_regions["standby"].resources("AWS::Budgets::Budget", "AWS::CloudFront::Distribution")
    names = [
        dashboard.properties["DashboardName"]
        for deployed in two_regions.values()
        for dashboard in deployed.resources("AWS::CloudWatch::Dashboard")
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("second", ["eu-west-1", DEV.region])
def test_a_second_region_needs_a_domain(second: str) -> None:
    with pytest.raises(ValueError, match="a second region is another one, and needs a domain"):
        dataclasses.replace(DEV, second_region=second)


def test_the_home_region_cannot_be_the_second(prod: Deployment) -> None:
    with pytest.raises(ValueError, match="a second region is another one"):
        dataclasses.replace(prod.environment, second_region=prod.environment.region)
