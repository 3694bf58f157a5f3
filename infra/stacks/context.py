"""What the stacks of all bounded contexts have in common."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.foundation import ContextHome, Foundation
from infra.constructs.lambda_layer import Layers
from infra.constructs.live_alias import Canaries


class ContextStack(cdk.Stack):
    """One bounded context: its functions with what wakes them."""

    def __init__(self, scope: Construct, name: str, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, foundation.environment.stack_name(name), **kwargs)
        self.home = ContextHome(
            name=name,
            foundation=foundation,
            layers=Layers(self),
            canaries=Canaries(self),
            key=kms.Key.from_key_arn(self, "Key", foundation.key.key_arn),
        )
