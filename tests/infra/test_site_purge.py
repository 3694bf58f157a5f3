"""A deployment of pages has CloudFront forget those that the former one rendered."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.site_purge.handler import handler

PARAMETER = "/shop/distribution"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "BUILD": "4f",
        "CACHE_TAG": "web",
        "DISTRIBUTION_PARAMETER": PARAMETER,
        "DISTRIBUTION_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.client("cloudfront")


def test_all_rendered_pages_are_purged_by_one_tag(aws: Any) -> None:
    config = {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{"Id": "a", "DomainName": "127.0.0.1"}]},
        "DefaultCacheBehavior": {"TargetOriginId": "a", "ViewerProtocolPolicy": "allow-all"},
    }
    distribution = aws.create_distribution(DistributionConfig=config)["Distribution"]["Id"]
    boto3.client("ssm", "us-east-1").put_parameter(Name=PARAMETER, Value=distribution, Type="String")
    assert handler({}, None) == {"purged": distribution}
    [made] = aws.list_invalidations(DistributionId=distribution)["InvalidationList"]["Items"]
    invalidation = aws.get_invalidation(DistributionId=distribution, Id=made["Id"])["Invalidation"]
    assert invalidation["InvalidationBatch"]["Paths"]["Items"] == ["#web"]
    assert invalidation["InvalidationBatch"]["CallerReference"] == "web-4f"


def test_the_first_deployment_has_nothing_to_purge(aws: Any) -> None:
    assert handler({}, None) == {"purged": None}
