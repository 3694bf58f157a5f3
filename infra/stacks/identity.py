"""identity: credentials, sessions, signing keys."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.invoked_function import run_at_deployment
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
    "/api/v1/users/unsubscribe",
    "/api/v1/admin/users",
    "/api/v1/admin/users/{user_id}",
)

SIGNING_KEYS_VARIABLE = "SIGNING_KEYS_SECRET_ARN"


class IdentityStack(ContextStack):
    def __init__(
        self, scope: Construct, foundation: Foundation, signing_keys: secretsmanager.ISecret, **kwargs: Any
    ) -> None:
        super().__init__(scope, "identity", foundation, **kwargs)
        # Password hashing is the one thing here that needs processor time, which Lambda gives by memory.
        spec = FunctionSpec(handler="api", memory=1024)
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()
        api.read_secret(SIGNING_KEYS_VARIABLE, signing_keys)

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
