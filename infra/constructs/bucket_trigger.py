"""A function that wakes when an object arrives in a bucket."""

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_notifications as notifications
from constructs import Construct

from infra.constructs.asynchronous_failures import keep_failures
from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome


class BucketTrigger(ContextFunction):
    """Invokes the function for every object created under `prefix` (ends in a slash), and lets it read them.

    Notifications are at least once and unordered; the handler must be idempotent.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        home: ContextHome,
        spec: FunctionSpec,
        *,
        bucket: s3.IBucket,
        prefix: str,
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        self.use_objects(bucket.bucket_arn, prefix, "s3:GetObject")
        live = self.go_live(gradually=False)
        self.dead_letter_queue = keep_failures(self, live, retries=2, max_age=cdk.Duration.hours(6))
        if home.environment.asleep:
            return  # the copies of objects that arrive here were read in the other region
        # The bucket lives in another stack. Imported by name, its notifications are made in this one, and that
        # stack need not know this function.
        imported = s3.Bucket.from_bucket_name(self, "Bucket", bucket.bucket_name)
        imported.add_event_notification(
            s3.EventType.OBJECT_CREATED,
            notifications.LambdaDestination(live),
            s3.NotificationKeyFilter(prefix=prefix),
        )
