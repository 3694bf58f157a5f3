"""The bus that domain events travel on."""

import aws_cdk as cdk
from aws_cdk import aws_events as events
from constructs import Construct

from infra.environments import Environment


class EventBus(events.EventBus):
    """A bus with an archive of every event, from which a time span can be replayed."""

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment) -> None:
        super().__init__(scope, construct_id, event_bus_name=environment.prefix)
        self.archive(
            "Archive",
            archive_name=environment.prefix,
            description="Every domain event, for replay",
            event_pattern=events.EventPattern(account=[cdk.Stack.of(self).account]),
            retention=cdk.Duration.days(environment.event_archive_days),
        )
