"""A function that works off a queue, which a rule on the bus may fill."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import alarms
from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.dead_letter_queue import DeadLetterQueue, EncryptedQueue
from infra.constructs.foundation import ContextHome

# A message is tried five times, then somebody has to look at it. The function reads it as a variable of this name.
MAX_RECEIVES = 5

# AWS asks for six times the function's timeout, so that a throttled batch is not delivered twice
# (Lambda guide, "Configuring a queue to use with Lambda").
VISIBILITY_FACTOR = 6


class QueueWorker(ContextFunction):
    """Queue, dead-letter queue, function and event source mapping that reports partial failures.

    `batch_size` messages at most reach one invocation, after waiting at most `batching_window` seconds for more. Each
    message is kept back for `delay` seconds first.
    Up to `concurrency` invocations run at once, by default as many as the environment's database bears.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        home: ContextHome,
        spec: FunctionSpec,
        *,
        batch_size: int = 10,
        batching_window: int = 0,
        delay: int = 0,
        depth_alarm: int = 1_000,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        self.set("MAX_RECEIVES", str(MAX_RECEIVES))
        self.dead_letter_queue = DeadLetterQueue(self, "DeadLetterQueue", home=home, handler=spec.handler)
        self.queue = EncryptedQueue(
            self,
            "Queue",
            home=home,
            name=self.name,
            retention=cdk.Duration.days(4),
            delay=cdk.Duration.seconds(delay) if delay else None,
            visibility_timeout=cdk.Duration.seconds(VISIBILITY_FACTOR * spec.timeout + batching_window),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letter_queue, max_receive_count=MAX_RECEIVES),
        )
        home.queue_names.append(self.name)
        self.go_live(gradually=True).add_event_source(
            event_sources.SqsEventSource(
                self.queue,
                batch_size=batch_size,
                max_batching_window=cdk.Duration.seconds(batching_window) if batching_window else None,
                report_batch_item_failures=True,
                max_concurrency=concurrency or home.environment.worker_concurrency,
            )
        )
        if home.environment.alarm_per_function:
            alarms.queue_lag(
                self.queue,
                name=self.name,
                oldest=alarms.QUEUE_AGE,
                depth=depth_alarm,
                action=home.foundation.alarm_action,
            )

    def subscribe(self, detail_types: Sequence[str], *, subscriber: str | None = None) -> None:
        """Fill the queue with the domain events called `detail_types`: a rule for each, so that each is counted.

        `subscriber` is named by the rules; the context unless another of its workers has rules for the same events.
        """
        rules = [self._rule(subscriber or self.home.name, detail_type) for detail_type in detail_types]
        for queue in (self.queue, self.dead_letter_queue):
            queue.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["sqs:SendMessage"],
                    principals=[iam.ServicePrincipal("events.amazonaws.com")],
                    resources=[queue.queue_arn],
                    conditions={"ArnEquals": {"aws:SourceArn": [rule.attr_arn for rule in rules]}},
                )
            )

    def _rule(self, subscriber: str, detail_type: str) -> events.CfnRule:
        return events.CfnRule(
            self,
            f"{detail_type}Rule",
            name=self.home.environment.rule_name(subscriber, detail_type),
            event_bus_name=self.home.foundation.bus.event_bus_name,
            event_pattern={"detail-type": [detail_type]},
            targets=[
                events.CfnRule.TargetProperty(
                    id="Queue",
                    arn=self.queue.queue_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(arn=self.dead_letter_queue.queue_arn),
                )
            ],
        )
