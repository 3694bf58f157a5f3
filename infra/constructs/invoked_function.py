"""A function that an operator or a deployment invokes by name."""

import aws_cdk as cdk
from aws_cdk import triggers
from constructs import Construct

from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome


class InvokedFunction(ContextFunction):
    """Nothing wakes it but a direct invocation; its name is an output of the stack."""

    def __init__(self, scope: Construct, construct_id: str, home: ContextHome, spec: FunctionSpec) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        cdk.CfnOutput(
            cdk.Stack.of(self),
            f"{spec.handler.title().replace('_', '')}Function",
            value=self.function.function_name,
            description=f"Name of the function {spec.handler}",
        )


def run_at_deployment(worker: ContextFunction, *, on_every_change: bool) -> triggers.Trigger | None:
    """Invoke `worker` while its stack is deployed, once, or whenever it changes; if it fails, the deployment fails.

    What must wait for it depends on the trigger that is returned: none in a region that stands by, whose data comes
    from the other one.
    """
    if worker.home.environment.asleep:
        return None
    return triggers.Trigger(
        worker,
        "AtDeployment",
        handler=worker.function,
        execute_on_handler_change=on_every_change,
        invocation_type=triggers.InvocationType.REQUEST_RESPONSE,
        timeout=cdk.Duration.seconds(worker.spec.timeout + 30),
    )
