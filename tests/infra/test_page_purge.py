"""Pages that CloudFront keeps are thrown away when what they show has changed."""

from __future__ import annotations

import json
from typing import Any

from shared.web import responses
from tests.infra.deployment import Deployment, references


def queue_of(deployed: Deployment) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The purging worker's queue (logical id and properties), and what wakes the worker."""
    worker = deployed.function("catalog", "purge_pages")
    [mapping] = [
        mapping.properties
        for mapping in deployed.resources("AWS::Lambda::EventSourceMapping", stack=worker.stack)
        if deployed.woken(mapping.stack, mapping.properties["FunctionName"]) == worker
    ]
    logical_id = mapping["EventSourceArn"]["Fn::GetAtt"][0]
    return logical_id, deployed.templates[worker.stack]["Resources"][logical_id]["Properties"], mapping


def test_changed_products_categories_and_settings_wake_the_worker_through_its_queue(deployed: Deployment) -> None:
    queue, _, _ = queue_of(deployed)
    rules = [
        rule.properties
        for rule in deployed.resources("AWS::Events::Rule", stack="Catalog")
        if queue in references(rule.properties["Targets"])
    ]
    woken_by = {rule["EventPattern"]["detail-type"][0] for rule in rules}
    assert woken_by == {"ProductChanged", "CategoryChanged", "SiteChanged"}


def test_no_two_rules_of_the_bus_have_one_name(deployed: Deployment) -> None:
    names = [rule.properties["Name"] for rule in deployed.resources("AWS::Events::Rule")]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 64, "EventBridge takes no longer names"


def test_changes_are_gathered_so_that_few_purges_are_paid_for(deployed: Deployment) -> None:
    _, _, mapping = queue_of(deployed)
    assert mapping["MaximumBatchingWindowInSeconds"] == deployed.environment.purge_seconds
    assert mapping["BatchSize"] == 1_000
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 2}


def test_a_purge_waits_until_what_was_read_before_the_change_has_arrived(prod: Deployment) -> None:
    """Otherwise an answer that was on its way could be kept after the purge, for an hour."""
    _, queue, _ = queue_of(prod)
    origins = prod.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]["Origins"]
    seconds = [
        origin["CustomOriginConfig"]["OriginReadTimeout"] for origin in origins if "CustomOriginConfig" in origin
    ]
    assert queue["DelaySeconds"] == max(seconds)  # of the API; pages, which are made of its answers, take less


def test_the_worker_is_outside_the_network_which_has_no_way_to_cloudfront(deployed: Deployment) -> None:
    assert "VpcConfig" not in deployed.function("catalog", "purge_pages").properties


def test_the_worker_may_purge_this_environment_s_distribution_only(deployed: Deployment) -> None:
    statements = deployed.statements_of(deployed.function("catalog", "purge_pages"))
    [purging] = [s for s in statements if s["Action"] == "cloudfront:CreateInvalidation"]
    assert purging["Condition"]["StringEquals"] == {
        "aws:ResourceTag/application": "sharestack",
        "aws:ResourceTag/environment": deployed.environment.name,
    }
    tags = {tag["Key"]: tag["Value"] for tag in deployed.only("AWS::CloudFront::Distribution").properties["Tags"]}
    assert tags == {"application": "sharestack", "environment": deployed.environment.name}


def test_the_distribution_s_id_is_written_down_where_the_worker_looks(deployed: Deployment) -> None:
    worker = deployed.function("catalog", "purge_pages")
    variables = worker.properties["Environment"]["Variables"]
    parameter = deployed.only("AWS::SSM::Parameter")
    assert parameter.properties["Name"] == variables["DISTRIBUTION_PARAMETER"]
    assert "Distribution" in next(references(parameter.properties["Value"]))
    region = variables.get("DISTRIBUTION_REGION", deployed.environment.region)
    artifact = deployed.manifest["artifacts"][deployed.environment.stack_name("front")]
    assert artifact["environment"].endswith(f"/{region}")
    [reading] = [s for s in deployed.statements_of(worker) if s["Action"] == "ssm:GetParameter"]
    resource = json.dumps(reading["Resource"])
    assert f":ssm:{region}:" in resource
    assert f":parameter{variables['DISTRIBUTION_PARAMETER']}" in resource


def test_cloudfront_reads_what_an_answer_is_about_and_tells_nobody(deployed: Deployment) -> None:
    config = deployed.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    assert config["CacheTagConfig"] == {"HeaderName": responses.CACHE_TAG_HEADER}
    kept = {"public", "pages"}
    for policy in deployed.resources("AWS::CloudFront::ResponseHeadersPolicy"):
        removed = policy.properties["ResponseHeadersPolicyConfig"].get("RemoveHeadersConfig", {"Items": []})["Items"]
        name = policy.properties["ResponseHeadersPolicyConfig"]["Name"].removeprefix(f"{deployed.environment.prefix}-")
        assert name not in kept or {"Header": responses.CACHE_TAG_HEADER} in removed
        kept.discard(name)
    assert not kept


def test_a_second_region_purges_the_same_distribution(two_regions: dict[str, Deployment]) -> None:
    of = [
        deployed.function("catalog", "purge_pages").properties["Environment"]["Variables"]
        for deployed in two_regions.values()
    ]
    assert [variables["DISTRIBUTION_REGION"] for variables in of] == ["us-east-1", "us-east-1"]
    assert of[0]["DISTRIBUTION_PARAMETER"] == of[1]["DISTRIBUTION_PARAMETER"]
