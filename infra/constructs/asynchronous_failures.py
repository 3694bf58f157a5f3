"""What becomes of an asynchronous invocation (bucket, schedule) that fails: retries, then a dead-letter queue."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from infra.constructs.context_function import ContextFunction
from infra.constructs.dead_letter_queue import DeadLetterQueue


def keep_failures(
    worker: ContextFunction, live: lambda_.Alias, *, retries: int, max_age: cdk.Duration
) -> DeadLetterQueue:
    """Retry what fails behind `live` `retries` times (0 to 2) within `max_age`, then keep it; answers the queue.

    What gets there has failed before, which the alarms on all functions and schedules tell where there are those.
    """
    queue = DeadLetterQueue(
        worker,
        "DeadLetterQueue",
        home=worker.home,
        handler=worker.spec.handler,
        watched_by_sender=not worker.home.environment.alarm_per_function,
    )
    failures = lambda_.CfnEventInvokeConfig(
        worker,
        "Failures",
        function_name=worker.function.function_name,
        qualifier=live.alias_name,
        maximum_retry_attempts=retries,
        maximum_event_age_in_seconds=max_age.to_seconds(),
        destination_config=lambda_.CfnEventInvokeConfig.DestinationConfigProperty(
            on_failure=lambda_.CfnEventInvokeConfig.OnFailureProperty(destination=queue.queue_arn)
        ),
    )
    # The qualifier is a word, which tells CloudFormation nothing about the alias.
    failures.node.add_dependency(live)
    worker.allow(("sqs:SendMessage",), queue.queue_arn)
    worker.use_key_for_queues()
    return queue
