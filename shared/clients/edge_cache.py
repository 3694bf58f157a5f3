"""CloudFront's caches."""

from __future__ import annotations

from collections.abc import Sequence

from shared.clients.aws import client


def distribution(parameter: str, *, region: str | None) -> str:
    """The distribution's id, which the front's stack writes into this SSM parameter of its own region."""
    value: str = client("ssm", region).get_parameter(Name=parameter)["Parameter"]["Value"]
    return value


def purge(distribution_id: str, cache_tags: Sequence[str], *, reference: str) -> str:
    """Have every edge forget what is about these tags; returns the invalidation's id.

    The same `reference` asked for again makes no second invalidation. Raises botocore's ClientError, with
    `TooManyInvalidationsInProgress` where CloudFront is still busy with earlier ones.
    """
    items = [f"#{tag}" for tag in cache_tags]
    answer = client("cloudfront").create_invalidation(
        DistributionId=distribution_id,
        InvalidationBatch={"Paths": {"Quantity": len(items), "Items": items}, "CallerReference": reference},
    )
    invalidation_id: str = answer["Invalidation"]["Id"]
    return invalidation_id
