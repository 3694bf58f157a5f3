"""media: pictures that people upload, and the worker that makes them fit to be shown."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.bucket_trigger import BucketTrigger
from infra.constructs.closed_bucket import MEDIA_PREFIX, UPLOADS_PREFIX
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/media.json",
    "/api/v1/media",
    "/api/v1/media/upload",
    "/api/v1/media/uploads",
    "/api/v1/media/{media_id}",
)

# A whole processor, which encoding keeps busy, and room for a picture of the largest size a few times over.
WORKER_MEMORY = 1769


class MediaStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, *, media: s3.IBucket, **kwargs: Any) -> None:
        super().__init__(scope, "media", foundation, **kwargs)
        variables = {"MEDIA_BUCKET": media.bucket_name}
        api = ApiFunction(
            self,
            "Api",
            home=self.home,
            spec=FunctionSpec(handler="api", environment=variables),
            routes=any_method(PATHS),
        )
        api.count_requests()
        api.use_objects(media.bucket_arn, UPLOADS_PREFIX, "s3:PutObject")

        worker = BucketTrigger(
            self,
            "ProcessImage",
            home=self.home,
            spec=FunctionSpec(handler="process_image", memory=WORKER_MEMORY, timeout=60),
            bucket=media,
            prefix=UPLOADS_PREFIX,
        )
        worker.publish_events()
        worker.use_objects(media.bucket_arn, UPLOADS_PREFIX, "s3:DeleteObject")
        worker.use_objects(media.bucket_arn, MEDIA_PREFIX, "s3:PutObject")

        sweep = ScheduledJob(
            self,
            "RemoveUnused",
            home=self.home,
            spec=FunctionSpec(handler="remove_unused", memory=256, timeout=300, environment=variables),
            every=cdk.Duration.days(1),
        )
        sweep.allow(("s3:ListBucket",), media.bucket_arn)
        for prefix in (UPLOADS_PREFIX, MEDIA_PREFIX):
            sweep.use_objects(media.bucket_arn, prefix, "s3:DeleteObject")
