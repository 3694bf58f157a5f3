"""identity: credentials, sessions, signing keys; copies of people's data, and the end of accounts."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.alarms import NAMESPACE, raise_alarm
from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.invoked_function import run_at_deployment
from infra.constructs.queue_worker import QueueWorker
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/identity.json",
    "/.well-known/jwks.json",
    "/api/v1/auth/register",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
    "/api/v1/auth/verify",
    "/api/v1/auth/email/verify",
    "/api/v1/auth/email/verification",
    "/api/v1/auth/password/forgot",
    "/api/v1/auth/password/reset",
    "/api/v1/auth/sessions",
    "/api/v1/auth/sessions/{session_id}",
    "/api/v1/users/me",
    "/api/v1/users/me/email",
    "/api/v1/users/me/password",
    "/api/v1/users/me/consents",
    "/api/v1/users/me/export",
    "/api/v1/users/me/exports/{export_id}",
    "/api/v1/users/me/erasure/cancel",
    "/api/v1/users/unsubscribe",
    "/api/v1/admin/users",
    "/api/v1/admin/users/{user_id}",
)

SIGNING_KEYS_VARIABLE = "SIGNING_KEYS_SECRET_ARN"

# Copies of people's data; the bucket removes them after a week (`ImportsBucket`).
PERSONAL_DATA_PREFIX = "personal-data/"
EXPORT_EVENTS = ("PersonalDataExportRequested",)


class IdentityStack(ContextStack):
    def __init__(
        self,
        scope: Construct,
        foundation: Foundation,
        *,
        signing_keys: secretsmanager.ISecret,
        imports: s3.IBucket,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, "identity", foundation, **kwargs)
        # Password hashing is the one thing here that needs processor time, which Lambda gives by memory.
        variables = {"IMPORTS_BUCKET": imports.bucket_name}
        spec = FunctionSpec(handler="api", memory=1024, environment=variables)
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()
        api.read_secret(SIGNING_KEYS_VARIABLE, signing_keys)
        # A signed link may do what its signer may.
        api.use_objects(imports.bucket_arn, PERSONAL_DATA_PREFIX, "s3:GetObject")

        rotation = ScheduledJob(
            self,
            "RotateSigningKeys",
            home=self.home,
            spec=FunctionSpec(handler="rotate_signing_keys", memory=256, timeout=30),
            every=cdk.Duration.days(30),
        )
        rotation.read_secret(SIGNING_KEYS_VARIABLE, signing_keys)
        rotation.write_secret(signing_keys)
        # Without a first key nobody can sign in until the schedule comes round.
        run_at_deployment(rotation, on_every_change=False)

        exporter = QueueWorker(
            self,
            "OnExportRequested",
            home=self.home,
            spec=FunctionSpec(handler="on_export_requested", timeout=300, environment=variables),
            batch_size=1,
        )
        exporter.subscribe(EXPORT_EVENTS)
        exporter.publish_events()
        exporter.use_objects(imports.bucket_arn, PERSONAL_DATA_PREFIX, "s3:PutObject", "s3:DeleteObject")

        eraser = ScheduledJob(
            self,
            "EraseAccounts",
            home=self.home,
            spec=FunctionSpec(handler="erase_accounts", memory=256, timeout=300, environment=variables),
            every=cdk.Duration.hours(1),
        )
        eraser.publish_events()
        eraser.use_objects(imports.bucket_arn, PERSONAL_DATA_PREFIX, "s3:DeleteObject")
        self._watch_erasures()

    def _watch_erasures(self) -> None:
        """The law gives a month; an account that fails is tried every hour."""
        raise_alarm(
            self,
            "ErasureFailures",
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name="ErasureFailures",
                dimensions_map={"service": self.home.name},
                statistic="max",
                period=cdk.Duration.hours(1),
            ),
            threshold=0,
            # One that meets the sweep of the outbox gives up after seconds, and gets its way the next time.
            periods=2,
            name=f"{self.home.environment.prefix}-erasure-failures",
            description="an account that its owner wants gone could not be erased",
            action=self.home.foundation.alarm_action,
        )
