"""Buckets: closed to the public, TLS only, versioned, and forgetting what is old."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from functions.media.manifest import MEDIA_PREFIX, UPLOADS_PREFIX
from infra.constructs.distributions import distributions
from infra.constructs.removal import removal_of
from infra.environments import Environment


class AccessLogBucket(s3.Bucket):
    """Who read or wrote which object. Log delivery cannot use a key of ours, hence S3's own encryption."""

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment) -> None:
        super().__init__(
            scope,
            construct_id,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=cdk.Duration.days(environment.log_days),
                    noncurrent_version_expiration=cdk.Duration.days(1),
                )
            ],
            **_removal(environment),
        )


class ImportsBucket(s3.Bucket):
    """Uploaded product files under `imports/`, which are only needed until they have been read and looked into, and
    what became of their rows under `import-reports/`; product files for administrators under `exports/`, files of
    figures under `metric-exports/`; copies of people's data, for themselves, under `personal-data/`; posts that people
    bring from elsewhere under `archives/`. Large files come from browsers by signed forms.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        access_logs: s3.IBucket,
        name: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            bucket_name=name,
            **_closed(key, access_logs, log_prefix="imports/"),
            cors=_signed_forms(environment),
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=cdk.Duration.days(90),
                    noncurrent_version_expiration=cdk.Duration.days(30),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                ),
                *(
                    s3.LifecycleRule(
                        prefix=prefix,
                        expiration=cdk.Duration.days(7),
                        noncurrent_version_expiration=cdk.Duration.days(1),
                    )
                    for prefix in ("personal-data/", "archives/")
                ),
            ],
            **_removal(environment),
        )


class DownloadsBucket(s3.Bucket):
    """Files of digital products under `downloads/`, kept for as long as somebody may have bought them.

    Administrators upload from their browsers by signed forms; buyers follow signed links.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        access_logs: s3.IBucket,
        name: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            bucket_name=name,
            **_closed(key, access_logs, log_prefix="downloads/"),
            cors=_signed_forms(environment),
            lifecycle_rules=[
                s3.LifecycleRule(
                    noncurrent_version_expiration=cdk.Duration.days(30),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                )
            ],
            **_removal(environment),
        )


class MediaBucket(s3.Bucket):
    """Pictures: as uploaded under `uploads/`, private and soon gone, and as everybody sees them, by CloudFront, under
    `media/`. Its name is fixed, for CloudFront may be in another region.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        access_logs: s3.IBucket,
        name: str,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            bucket_name=name,
            **_closed(key, access_logs, log_prefix="media/"),
            cors=_signed_forms(environment),
            lifecycle_rules=[
                # The worker and the sweep remove them long before; also what is left of them then.
                s3.LifecycleRule(
                    prefix=UPLOADS_PREFIX,
                    expiration=cdk.Duration.days(2),
                    noncurrent_version_expiration=cdk.Duration.days(1),
                ),
                s3.LifecycleRule(
                    noncurrent_version_expiration=cdk.Duration.days(30),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                ),
            ],
            **_removal(environment),
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
                resources=[self.arn_for_objects(f"{MEDIA_PREFIX}*")],
            )
        )


def _signed_forms(environment: Environment) -> list[s3.CorsRule]:
    """Lets pages of ours send a form that was signed for them."""
    return [s3.CorsRule(allowed_methods=[s3.HttpMethods.POST], allowed_origins=list(environment.allowed_origins))]


def media_bucket_name(scope: Construct, environment: Environment) -> str:
    """Name of the bucket of pictures in the home region; unique by the account."""
    return f"{environment.prefix}-media-{cdk.Stack.of(scope).account}"


def _closed(key: kms.IKey, access_logs: s3.IBucket, *, log_prefix: str) -> dict[str, Any]:
    """What buckets with data of ours have in common."""
    return {
        "block_public_access": s3.BlockPublicAccess.BLOCK_ALL,
        "encryption": s3.BucketEncryption.KMS,
        "encryption_key": key,
        "bucket_key_enabled": True,
        "enforce_ssl": True,
        "minimum_tls_version": 1.2,
        "object_ownership": s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        "server_access_logs_bucket": access_logs,
        "server_access_logs_prefix": log_prefix,
        "versioned": True,
    }


def _removal(environment: Environment) -> dict[str, Any]:
    """An environment that is not protected is removed with what is in its buckets, which must be empty for that."""
    return {"removal_policy": removal_of(environment), "auto_delete_objects": not environment.protected}
