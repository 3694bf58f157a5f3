"""The CDK app: the stacks of one environment, chosen with `-c environment=dev|staging|prod`."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk

from infra.constructs.foundation import Foundation
from infra.constructs.retained_log_group import keep_provider_logs
from infra.environments import Environment, environment_named
from infra.packaging.bytecode import uncompiled_warning
from infra.stacks.catalog import CatalogStack
from infra.stacks.data import DataStack
from infra.stacks.edge import EdgeStack
from infra.stacks.identity import IdentityStack
from infra.stacks.network import NetworkStack
from infra.stacks.notifications import NotificationsStack
from infra.stacks.observability import ObservabilityStack
from infra.stacks.operations import OperationsStack
from infra.stacks.ordering import OrderingStack
from infra.stacks.payments import PaymentsStack

ROOT = Path(__file__).resolve().parent.parent

# Where CDK looks for the stacks whose assets it makes. The command line refuses it as `-c`, hence `-c bundle=false`.
BUNDLING_STACKS = "aws:cdk:bundling-stacks"


def add_stacks(app: cdk.App, environment: Environment) -> list[cdk.Stack]:
    """Add every stack of `environment`. The account is the one that deploys; the region is the environment's."""
    options: dict[str, Any] = {
        "env": cdk.Environment(region=environment.region),
        "termination_protection": environment.protected,
        "tags": {"application": "sharestack", "environment": environment.name},
    }
    network = NetworkStack(app, environment, **options)
    data = DataStack(app, environment, network, **options)
    edge = EdgeStack(app, environment, data.key, **options)
    observability = ObservabilityStack(
        app,
        environment,
        key=data.key,
        api_id=edge.api.api_id,
        cluster=data.database.cluster,
        **options,
    )
    foundation = Foundation(
        environment=environment,
        vpc=network.vpc,
        private_subnets=network.private_subnets,
        egress_subnets=network.egress_subnets,
        function_group=network.function_group,
        key=data.key,
        database_url=data.database.url,
        database_arn=data.database.connect_arn,
        table=data.table,
        bus=data.bus,
        api_id=edge.api.api_id,
        public_url=edge.public_url,
        alarm_action=observability.alarm_action,
    )
    operations = OperationsStack(app, foundation, data.imports_bucket, **options)
    contexts = [
        IdentityStack(app, foundation, data.signing_keys, **options),
        CatalogStack(app, foundation, data.imports_bucket, **options),
        OrderingStack(app, foundation, **options),
        PaymentsStack(app, foundation, stripe=data.stripe, stripe_webhook=data.stripe_webhook, **options),
        NotificationsStack(app, foundation, **options),
    ]
    for context in contexts:
        # Operations migrates the database while it is deployed; code that needs the new schema comes after.
        context.add_stack_dependency(operations)
    observability.add_dashboards([operations, *contexts], data.bus.event_bus_name)
    stacks = [network, data, edge, observability, operations, *contexts]
    for stack in stacks:
        keep_provider_logs(stack, environment)
    return stacks


def make_app(folder: Path) -> cdk.App:
    """An app with the settings of `cdk.json` that makes no packages and writes into `folder`."""
    settings = json.loads((ROOT / "cdk.json").read_text())["context"]
    return cdk.App(outdir=str(folder), context=settings | {BUNDLING_STACKS: []}, analytics_reporting=False)


def synthesize(environment: Environment, folder: Path) -> None:
    """Write the templates of `environment` into `folder`; of functions and layers, only the names of packages."""
    app = make_app(folder)
    add_stacks(app, environment)
    app.synth()


def chosen_environment(app: cdk.App) -> Environment:
    """The environment of `-c environment=`, with `-c housekeeping_minutes=` instead of its own where that is given."""
    environment = environment_named(app.node.try_get_context("environment") or "dev")
    minutes = app.node.try_get_context("housekeeping_minutes")
    return dataclasses.replace(environment, housekeeping_minutes=int(minutes)) if minutes else environment


def main() -> None:
    """Entry point of the CDK command line. `-c bundle=false` leaves the packages of functions and layers out."""
    app = cdk.App()
    if app.node.try_get_context("bundle") == "false":
        app.node.set_context(BUNDLING_STACKS, [])
    elif warning := uncompiled_warning():
        cdk.Annotations.of(app).add_warning_v2("sharestack:uncompiled-packages", warning)
    add_stacks(app, chosen_environment(app))
    app.synth()


if __name__ == "__main__":
    main()
