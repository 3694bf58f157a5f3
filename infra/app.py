"""The CDK app: the stacks of one environment, chosen with `-c environment=dev|staging|prod`."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk

from infra.constructs.foundation import Foundation
from infra.constructs.retained_log_group import keep_provider_logs
from infra.environments import Environment, environment_named
from infra.manifests import manifests
from infra.packaging.bytecode import uncompiled_warning
from infra.stacks.context import ContextStack, stack_of
from infra.stacks.data import DataStack
from infra.stacks.edge import EdgeStack
from infra.stacks.front import FrontStack
from infra.stacks.network import NetworkStack
from infra.stacks.observability import ObservabilityStack
from infra.stacks.standby_data import StandbyDataStack
from infra.stacks.standby_vault import StandbyVaultStack
from infra.stacks.web import RENDER_HOST_OUTPUT, WebStack
from shared.manifest import Bucket

ROOT = Path(__file__).resolve().parent.parent
FIRST = "operations"

# Where CDK looks for the stacks whose assets it makes. The command line refuses it as `-c`, hence `-c bundle=false`.
BUNDLING_STACKS = "aws:cdk:bundling-stacks"


def add_stacks(app: cdk.App, environment: Environment) -> list[cdk.Stack]:
    """Add every stack of `environment`, and of its second region where it has one.

    The account is the one that deploys; the regions are the environment's.
    """
    options = _options(environment)
    network = NetworkStack(app, environment, **options)
    if environment.second_region is None:
        data = DataStack(app, environment, network, **options)
        return _with_provider_logs(environment, [network, data, *_add_region(app, environment, network, data)])
    standby = environment.in_second_region()
    vault = StandbyVaultStack(app, standby, **_options(standby))
    data = DataStack(app, environment, network, **options)
    data.add_stack_dependency(vault)
    home = [network, data, *_add_region(app, environment, network, data)]
    standby_network = NetworkStack(app, standby, **_options(standby))
    standby_data = StandbyDataStack(app, standby, standby_network, vault, **_options(standby))
    standby_data.add_stack_dependency(data)
    second = _add_region(app, standby, standby_network, standby_data)
    second[0].add_stack_dependency(home[2])
    return [
        *_with_provider_logs(environment, home),
        *_with_provider_logs(standby, [vault, standby_network, standby_data, *second]),
    ]


def _options(environment: Environment) -> dict[str, Any]:
    return {
        "env": cdk.Environment(region=environment.region),
        "termination_protection": environment.protected,
        "tags": environment.tags,
    }


def _with_provider_logs(environment: Environment, stacks: list[cdk.Stack]) -> list[cdk.Stack]:
    for stack in stacks:
        keep_provider_logs(stack, environment)
    return stacks


def _add_region(
    app: cdk.App, environment: Environment, network: NetworkStack, data: DataStack | StandbyDataStack
) -> list[cdk.Stack]:
    """Add what stands on the network and the data of one region: the edge first, the contexts last."""
    options = _options(environment)
    edge = EdgeStack(app, environment, data.key, **options)
    observability = ObservabilityStack(
        app,
        environment,
        key=data.key,
        api_id=edge.api.api_id,
        cluster=data.database.cluster,
        **options,
    )
    web = WebStack(app, environment, key=data.key, origin=edge.host, alarm_action=observability.alarm_action, **options)
    web.add_stack_dependency(edge)
    front = None if environment.standby else _add_front(app, environment, edge, web, options)
    foundation = Foundation(
        environment=environment,
        vpc=network.vpc,
        private_subnets=network.private_subnets,
        egress_subnets=network.egress_subnets,
        function_group=network.function_group,
        key=data.key,
        database_logins=data.database.logins,
        table=data.table,
        bus=data.bus,
        api_id=edge.api.api_id,
        authorizer_id=edge.authorizer_id,
        public_url=front.public_url if front else f"https://{environment.domain}",
        alarm_action=observability.alarm_action,
        buckets={"imports": data.imports_bucket, "downloads": data.downloads_bucket, "media": data.media_bucket},
        secrets={
            "signing_keys": data.signing_keys,
            "stripe": data.stripe,
            "stripe_webhook": data.stripe_webhook,
        },
    )
    contexts = _add_contexts(app, foundation, options)
    if environment.domain:
        # New pages may need routes that are new. Without a domain contexts are told CloudFront's, and come last.
        for context in contexts:
            web.add_stack_dependency(context)
    observability.add_dashboards(contexts, data.bus.event_bus_name)
    if not environment.alarm_per_function:
        observability.watch_queues_together(contexts)
    return [edge, *([front] if front else []), observability, web, *contexts]


def _add_front(
    app: cdk.App, environment: Environment, edge: EdgeStack, web: WebStack, options: dict[str, Any]
) -> FrontStack:
    """With a domain the front is in another region, and reads there what the pages' stack says of itself."""
    render_host = cdk.Fn.get_stack_output(
        web.stack_name, RENDER_HOST_OUTPUT, environment.region if environment.domain else None
    )
    front = FrontStack(app, environment, origin=edge.host, render_host=render_host, **options)
    front.add_stack_dependency(edge)
    front.add_stack_dependency(web)
    return front


def _add_contexts(app: cdk.App, foundation: Foundation, options: dict[str, Any]) -> list[ContextStack]:
    """Add the bounded contexts that have a manifest: operations first."""
    first = stack_of(FIRST)(app, FIRST, foundation, **options)
    contexts = [stack_of(name)(app, name, foundation, **options) for name in manifests() if name != FIRST]
    for context in contexts:
        # Operations migrates the database while it is deployed; code that needs the new schema comes after.
        context.add_stack_dependency(first)
    _notify_one_after_another([first, *contexts])
    return [first, *contexts]


def _notify_one_after_another(contexts: list[ContextStack]) -> None:
    """CDK's provider reads what a bucket notifies, adds a stack's functions and writes it back: of two stacks that are
    deployed at the same moment, one would be lost.
    """
    last: dict[str, ContextStack] = {}
    for context in contexts:
        for bucket in {trigger.bucket for trigger in manifests()[context.home.name].of_kind(Bucket)}:
            if bucket in last:
                context.add_stack_dependency(last[bucket])
            last[bucket] = context


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
    """The environment of `-c environment=`, with what else is given instead of its own settings.

    `-c housekeeping_minutes=` is for the local system, `-c promoted=true` for a second region that takes over.
    """
    environment = environment_named(app.node.try_get_context("environment") or "dev")
    if minutes := app.node.try_get_context("housekeeping_minutes"):
        environment = dataclasses.replace(environment, housekeeping_minutes=int(minutes))
    if app.node.try_get_context("promoted") == "true":
        environment = dataclasses.replace(environment, promoted=True)
    return environment


def tell_uncompiled(app: cdk.App, environment: Environment, problem: str) -> None:
    """Warn of packages without bytecode; where customers would wait for them, refuse to deploy such."""
    annotations = cdk.Annotations.of(app)
    if environment.protected:
        annotations.add_error(problem)
    else:
        annotations.add_warning_v2("sharestack:uncompiled-packages", problem)


def main() -> None:
    """Entry point of the CDK command line. `-c bundle=false` leaves the packages of functions and layers out."""
    app = cdk.App()
    environment = chosen_environment(app)
    if app.node.try_get_context("bundle") == "false":
        app.node.set_context(BUNDLING_STACKS, [])
    elif problem := uncompiled_warning():
        tell_uncompiled(app, environment, problem)
    add_stacks(app, environment)
    app.synth()


if __name__ == "__main__":
    main()
