"""The bucket of built pages and their assets, which CloudFront reads."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.distributions import distributions
from infra.constructs.object_replication import replica_name
from infra.constructs.removal import removal_of
from infra.environments import Environment
from infra.site_upload.handler import SUPERSEDED

# Pages that caches and open browsers keep name the assets of their own build, and load them when somebody comes there.
SUPERSEDED_DAYS = 30

CONTENT = "web"


def web_bucket_name(scope: Construct, environment: Environment) -> str:
    """Name of the bucket in the home region; unique by the account."""
    return f"{environment.prefix}-{CONTENT}-{cdk.Stack.of(scope).account}"


class WebBucket(s3.Bucket):
    """Closed, though everybody may see what is in it. In the second region it is filled by that region's own upload.

    Nothing in it is secret, so S3's own key is enough, and no request for another one is paid for.
    """

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment) -> None:
        name = web_bucket_name if not environment.standby else _standby_name
        super().__init__(
            scope,
            construct_id,
            bucket_name=name(scope, environment),
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(tag_filters={"build": SUPERSEDED}, expiration=cdk.Duration.days(SUPERSEDED_DAYS)),
                s3.LifecycleRule(
                    noncurrent_version_expiration=cdk.Duration.days(SUPERSEDED_DAYS),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                ),
            ],
            removal_policy=removal_of(environment),
            auto_delete_objects=not environment.protected,
        )
        self.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["s3:GetObject"],
                principals=[
                    iam.ServicePrincipal(
                        "cloudfront.amazonaws.com",
                        conditions={"ArnLike": {"aws:SourceArn": distributions(self, environment)}},
                    )
                ],
                resources=[self.arn_for_objects("*")],
            )
        )


def _standby_name(scope: Construct, environment: Environment) -> str:
    return replica_name(scope, environment, CONTENT)
