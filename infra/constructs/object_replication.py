"""Copies of a bucket's objects in the second region, under the key of that region."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.environments import Environment

READ = ("s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging")
WRITE = ("s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags")


def replica_name(scope: Construct, environment: Environment, content: str) -> str:
    """Name of the copy of the bucket that holds `content`: `imports`, `downloads` or `media`.

    Fixed, as it is named on both sides, and unique by the account.
    """
    return f"{environment.prefix}-{content}-standby-{cdk.Stack.of(scope).account}"


def replicate(bucket: s3.Bucket, content: str, environment: Environment, key: kms.IKey) -> None:
    """Copy what is written to `bucket` into its copy in the second region, which must exist before."""
    target = f"arn:{cdk.Aws.PARTITION}:s3:::{replica_name(bucket, environment, content)}"
    role = _role(bucket, target, environment, key)
    resource = bucket.node.default_child
    assert isinstance(resource, s3.CfnBucket)
    alias = f"{_keys(bucket, environment)}:{environment.key_alias}"
    configuration = s3.CfnBucket
    resource.replication_configuration = configuration.ReplicationConfigurationProperty(
        role=role.role_arn,
        rules=[
            configuration.ReplicationRuleProperty(
                id="second-region",
                status="Enabled",
                priority=1,
                filter=configuration.ReplicationRuleFilterProperty(prefix=""),
                delete_marker_replication=configuration.DeleteMarkerReplicationProperty(status="Enabled"),
                source_selection_criteria=configuration.SourceSelectionCriteriaProperty(
                    sse_kms_encrypted_objects=configuration.SseKmsEncryptedObjectsProperty(status="Enabled")
                ),
                destination=configuration.ReplicationDestinationProperty(
                    bucket=target,
                    encryption_configuration=configuration.EncryptionConfigurationProperty(replica_kms_key_id=alias),
                ),
            )
        ],
    )


def _keys(scope: Construct, environment: Environment) -> str:
    """Start of the ARNs of keys and aliases in the second region."""
    return f"arn:{cdk.Aws.PARTITION}:kms:{environment.second_region}:{cdk.Stack.of(scope).account}"


def _role(bucket: s3.Bucket, target: str, environment: Environment, key: kms.IKey) -> iam.Role:
    """What S3 may do on our behalf: read this bucket under `key`, write the `target` (an ARN) under the other key."""
    region = cdk.Stack.of(bucket).region
    role = iam.Role(
        bucket, "Replication", assumed_by=iam.ServicePrincipal("s3.amazonaws.com"), description="Copies objects"
    )
    for actions, resource in (
        (("s3:GetReplicationConfiguration", "s3:ListBucket"), bucket.bucket_arn),
        (READ, f"{bucket.bucket_arn}/*"),
        (WRITE, f"{target}/*"),
    ):
        role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=[resource]))
    role.add_to_policy(
        iam.PolicyStatement(
            actions=["kms:Decrypt"],
            resources=[key.key_arn],
            conditions={"StringLike": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
        )
    )
    # Policies name keys by their ids; the other region's is known by its alias only.
    role.add_to_policy(
        iam.PolicyStatement(
            actions=["kms:Encrypt", "kms:GenerateDataKey"],
            resources=[f"{_keys(bucket, environment)}:key/*"],
            conditions={
                "StringLike": {"kms:ViaService": f"s3.{environment.second_region}.amazonaws.com"},
                "ForAnyValue:StringEquals": {"kms:ResourceAliases": environment.key_alias},
            },
        )
    )
    return role
