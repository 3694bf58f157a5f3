"""A function that EventBridge Scheduler wakes."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.constructs.asynchronous_failures import keep_failures
from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome
from shared.manifest import HOUR

# How long a run waits for a paused database; Aurora needs about 15 seconds.
WAKING_SECONDS = 20

# By hours between runs: at full hours, in UTC.
AT_FULL_HOURS = {1: "cron(0 * * * ? *)", 24: "cron(0 3 * * ? *)"}


class ScheduledJob(ContextFunction):
    """Runs the function every `every`. A run that fails is tried again within that time, then its event is kept."""

    def __init__(
        self, scope: Construct, construct_id: str, home: ContextHome, spec: FunctionSpec, *, every: cdk.Duration
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        if home.environment.database_pause_minutes:
            # A run finds the database asleep, and nobody waits for its answer.
            self.set("DATABASE_URL", f"{self.database.url}&connect_timeout={WAKING_SECONDS}")
        # What is older than one interval is done by the next run.
        max_age = cdk.Duration.seconds(min(every.to_seconds(), cdk.Duration.hours(6).to_seconds()))
        live = self.go_live(gradually=False)
        self.dead_letter_queue = keep_failures(self, live, retries=1, max_age=max_age)
        scheduler.CfnSchedule(
            self,
            "Schedule",
            name=self.name,
            description=f"wakes {home.name}/{spec.handler}",
            state="DISABLED" if home.environment.asleep else "ENABLED",
            schedule_expression=_expression(every, together=bool(home.environment.database_pause_minutes)),
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=live.function_arn,
                role_arn=self._scheduler_role(live).role_arn,
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=self.dead_letter_queue.queue_arn),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=max_age.to_seconds(), maximum_retry_attempts=3
                ),
            ),
        )

    def _scheduler_role(self, live: lambda_.Alias) -> iam.Role:
        account = cdk.Stack.of(self).account
        role = iam.Role(
            self,
            "SchedulerRole",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": account}}
            ),
            description=f"Lets the schedule invoke {self.name}",
        )
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[live.function_arn]))
        role.add_to_policy(
            iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.dead_letter_queue.queue_arn])
        )
        role.add_to_policy(
            iam.PolicyStatement(actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[self.home.key.key_arn])
        )
        return role


def _expression(every: cdk.Duration, *, together: bool) -> str:
    """When to run. A rate counts from the schedule's creation; `together` is at full hours where there is such a time,
    so that a database which pauses is woken once for all of them.

    (A rate with a date to start at would do as well, but that date may not have passed when a template is deployed.)
    """
    hours = every.to_minutes() / HOUR
    if together and hours in AT_FULL_HOURS:
        return AT_FULL_HOURS[int(hours)]
    return str(scheduler.ScheduleExpression.rate(every).expression_string)
