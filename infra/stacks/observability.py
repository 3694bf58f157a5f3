"""Who is told, and what they look at: the topic of all alarms, the alarms of shared resources, the dashboard."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.environments import Environment


class ObservabilityStack(cdk.Stack):
    """Deployed before the contexts, whose alarms report to `alarm_action`."""

    def __init__(self, scope: Construct, environment: Environment, key: kms.IKey, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("observability"), **kwargs)
        self.topic = sns.Topic(
            self, "Alarms", topic_name=f"{environment.prefix}-alarms", master_key=key, enforce_ssl=True
        )
        self.alarm_action: cloudwatch.IAlarmAction = cloudwatch_actions.SnsAction(self.topic)
        cdk.CfnOutput(self, "AlarmTopic", value=self.topic.topic_arn, description="Subscribe the people on call")
