"""What must be in the second region before the first one can copy into it: the key, and the copies of buckets."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.closed_bucket import AccessLogBucket, DownloadsBucket, ImportsBucket, MediaBucket
from infra.constructs.data_key import DataKey
from infra.constructs.object_replication import replica_name
from infra.environments import Environment


class StandbyVaultStack(cdk.Stack):
    """`environment` is the second region's. Deployed before the home region's data."""

    def __init__(self, scope: Construct, environment: Environment, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("vault"), **kwargs)
        self.key = DataKey(self, "Key", environment=environment)
        access_logs = AccessLogBucket(self, "AccessLogs", environment=environment)
        options: dict[str, Any] = {"environment": environment, "key": self.key, "access_logs": access_logs}
        self.imports_bucket: s3.IBucket = ImportsBucket(
            self, "Imports", **options, name=replica_name(self, environment, "imports")
        )
        self.downloads_bucket: s3.IBucket = DownloadsBucket(
            self, "Downloads", **options, name=replica_name(self, environment, "downloads")
        )
        self.media_bucket: s3.IBucket = MediaBucket(
            self, "Media", **options, name=replica_name(self, environment, "media")
        )
