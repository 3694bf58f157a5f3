"""Has CloudFront forget every rendered page, once a deployment has replaced what renders them.

A package of its own, of this one file: boto3 is what Lambda's runtime brings.
"""

from __future__ import annotations

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Invoked by the deployment. Before the first one there is no distribution, and nothing to forget."""
    parameters = boto3.client("ssm", region_name=os.environ["DISTRIBUTION_REGION"])
    try:
        distribution = parameters.get_parameter(Name=os.environ["DISTRIBUTION_PARAMETER"])["Parameter"]["Value"]
    except parameters.exceptions.ParameterNotFound:
        return {"purged": None}
    tag = f"#{os.environ['CACHE_TAG']}"
    # The same build deployed again asks for no second invalidation.
    batch = {"Paths": {"Quantity": 1, "Items": [tag]}, "CallerReference": f"web-{os.environ['BUILD']}"}
    boto3.client("cloudfront").create_invalidation(DistributionId=distribution, InvalidationBatch=batch)
    return {"purged": distribution}
