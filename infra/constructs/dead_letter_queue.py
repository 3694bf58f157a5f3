"""Queues, always encrypted with the environment's key and open to TLS only, and dead-letter queues with an alarm."""

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import alarms
from infra.constructs.foundation import ContextHome


class EncryptedQueue(sqs.Queue):
    """A queue under the environment's key. The name is fixed, for dashboards and runbooks."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        home: ContextHome,
        name: str,
        retention: cdk.Duration,
        visibility_timeout: cdk.Duration | None = None,
        delay: cdk.Duration | None = None,
        dead_letter_queue: sqs.DeadLetterQueue | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            queue_name=name,
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=home.key,
            # Fewer calls to KMS, and still one key for less than an hour of messages.
            data_key_reuse=cdk.Duration.minutes(30),
            enforce_ssl=True,
            retention_period=retention,
            visibility_timeout=visibility_timeout,
            delivery_delay=delay,
            dead_letter_queue=dead_letter_queue,
        )


class DeadLetterQueue(EncryptedQueue):
    """Keeps what could not be handled for 14 days, the longest SQS offers, and raises an alarm at once, unless what
    sends to it is watched (`watched_by_sender`).
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, home: ContextHome, handler: str, watched_by_sender: bool = False
    ) -> None:
        name = home.environment.function_name(home.name, handler)
        super().__init__(scope, construct_id, home=home, name=f"{name}-dead", retention=cdk.Duration.days(14))
        if not watched_by_sender:
            alarms.dead_letters(self, name=name, action=home.foundation.alarm_action)
