"""Puts the parts together: database, AWS server, resources, functions, and everything that wakes them."""

import asyncio
import json
import os
import socket
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from infra.database_roles import roles_by_function
from infra.local.aws.asynchronous import AsynchronousInvoker
from infra.local.aws.cloud import Cloud, start_cloud, wait_for
from infra.local.aws.code import CodeOf, checked_out, packaged
from infra.local.aws.gateway import Gateway
from infra.local.aws.intrinsics import Assembly
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.notifications import BucketNotifier, connect_buckets, make_queue
from infra.local.aws.pollers import QueuePoller
from infra.local.aws.resources import make_resources
from infra.local.aws.scheduler import Scheduler
from infra.local.aws.templates import load_templates, synthesize
from infra.local.aws.topology import Topology, read_topology
from infra.local.console.application import Console
from infra.local.console.faults import Faults
from infra.local.host.database import Server, check_database, start_server
from infra.local.host.errors import StartError
from infra.local.host.log import Log
from infra.local.host.options import Options
from infra.local.host.ports import gateway_address
from infra.local.host.processes import Registry
from infra.local.host.reload import reload_changed_code
from infra.local.host.server import GatewayServer, make_server
from infra.local.host.toolchain import check_node
from infra.local.web.opening import open_front, open_pages, site_bucket, with_functions_of_pages, with_javascript
from infra.openapi import document
from simulators.discovery import open_simulators
from simulators.protocol import Simulator

Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Database:
    """The owner's URLs, for this process and for people, and the server where it is the embedded one."""

    url: str
    tcp_url: str
    server: Server | None

    def login(self, role: str) -> str:
        """The URL of a role's login. Another server than the embedded one has one role, that of `DATABASE_URL`."""
        return self.server.url(user=role) if self.server else self.url


@dataclass(frozen=True)
class System:
    """Everything that is running; ``background`` is the work that goes on for as long as it runs."""

    address: str
    database_url: str
    database_tcp_url: str
    cloud: Cloud
    runtime: LambdaRuntime
    scheduler: Scheduler
    simulators: Sequence[Simulator]
    server: GatewayServer
    background: list[Work]


@contextmanager
def timed(log: Log, what: str) -> Iterator[None]:
    """Say how long a step of the start took."""
    started = time.monotonic()
    yield
    log.note(f"{what:<44} {time.monotonic() - started:6.1f} s")


async def start_foundation(
    options: Options, address: str, log: Log, registry: Registry, stack: AsyncExitStack
) -> tuple[Assembly, Cloud, Database]:
    """Templates, AWS server and database, side by side."""
    await check_node(options.root)
    output = options.root / ".local" / "cdk.out"
    synthesis = asyncio.get_running_loop().create_task(synthesize(options.root, output))
    stack.callback(synthesis.cancel)
    cloud_log = options.home / "log" / "cloud.log"
    cloud = start_cloud(options.home / "secrets.json", cloud_log, registry)
    stack.callback(cloud.stop)
    with timed(log, "database"):
        database = start_database(options, stack)
    with timed(log, "AWS server"):
        await asyncio.to_thread(wait_for, cloud, cloud_log)
        await asyncio.to_thread(cloud.clients)
    with timed(log, "CDK templates"):
        await synthesis
    assembly = Assembly(load_templates(output), {"cloud": cloud.address, "gateway": address})
    return assembly, cloud, database


def start_database(options: Options, stack: AsyncExitStack) -> Database:
    """The embedded server, or the one that ``DATABASE_URL`` names."""
    if options.database_url:
        check_database(options.database_url)
        return Database(options.database_url, options.database_url, None)
    server = start_server(options.home / "postgres", log=options.home / "log" / "postgres.log")
    stack.callback(server.stop)
    return Database(server.url(), server.url(tcp=True), server)


async def start_system(
    options: Options, listener: socket.socket, log: Log, registry: Registry, stack: AsyncExitStack
) -> System:
    """Start everything up to, but without, serving the gateway. What is started is ended by the stack.

    Raises StartError when something cannot be started.
    """
    address = gateway_address(listener)
    code_task = asyncio.get_running_loop().create_task(_code(options, log))
    stack.callback(code_task.cancel)
    assembly, cloud, database = await start_foundation(options, address, log, registry, stack)
    simulators = open_simulators(options.home, os.environ, address)
    for simulator in simulators:
        stack.push_async_callback(simulator.close)
    code = with_javascript(await code_task, assembly, options.home)
    overrides = {
        "DATABASE_AUTH": "password",
        "PUBLIC_URL": address,
        "FETCH_LOOPBACK_PICTURES": "true",  # of the demo, which this system draws
        "JWT_ISSUER": address,
        "TRUSTED_PROXY_HOPS": "0",  # nothing is in front of the gateway here
        "AWS_ENDPOINT_URL": cloud.address,
        **{name: value for item in simulators for name, value in item.variables(address).items()},
        **({"SHOP_TIME_ZONE": options.shop_time_zone} if options.shop_time_zone else {}),
        **options.function_environment,
    }
    with timed(log, "queues, bus, tables, buckets, secrets"):
        await asyncio.to_thread(_make_resources, options, assembly, cloud, simulators)
        topology = read_topology(assembly, overridden={"DATABASE_URL", *overrides})
        topology = _allow_origin(_with_logins(topology, database), address)
        topology = with_functions_of_pages(topology, assembly, address)
    runtime = LambdaRuntime(
        topology.functions,
        code=code,
        overrides=overrides,
        limit=options.processes,
        log=log,
        registry=registry,
    )
    stack.push_async_callback(runtime.close)
    invoker = AsynchronousInvoker(runtime, cloud.clients(), log)
    stack.push_async_callback(invoker.close)
    scheduler = Scheduler(topology.schedules, invoker, options.home / "schedules.json")
    console = Console(runtime, scheduler, cloud, simulators, Faults(cloud, database.server), log)
    stack.callback(_save, options, cloud, site_bucket(assembly), log)
    background = await _triggers(topology=topology, runtime=runtime, invoker=invoker, cloud=cloud, log=log, stack=stack)
    background += [scheduler.run, runtime.reap_forever]
    if not options.packaged:
        background.append(partial(reload_changed_code, options.root, runtime.outdate, log))
    pages = open_pages(
        options, assembly, cloud, runtime, simulators=simulators, address=address, registry=registry, log=log
    )
    if pages is not None:
        background.append(pages.run)
    front = open_front(assembly, cloud, runtime, log)
    server = make_server(Gateway(topology, runtime.invoke, log, console, front=front, pages=pages))
    return System(address, database.url, database.tcp_url, cloud, runtime, scheduler, simulators, server, background)


async def _code(options: Options, log: Log) -> CodeOf:
    if not options.packaged:
        with timed(log, "OpenAPI document"):
            await asyncio.to_thread(_write_document, options.root)
        return checked_out(options.root)
    with timed(log, "packages"):
        return await asyncio.to_thread(packaged, options.root)


def _write_document(root: Path) -> None:
    try:
        document.write(root)
    except document.DocumentError as error:
        raise StartError(str(error)) from error


def _make_resources(options: Options, assembly: Assembly, cloud: Cloud, simulators: Sequence[Simulator]) -> None:
    stored = options.home / "secrets.json"
    make_resources(
        assembly,
        cloud.clients(),
        secret_values=json.loads(stored.read_text()) if stored.exists() else {},
        local_secrets={name: value for item in simulators for name, value in item.secrets().items()},
        visibility_timeout=options.visibility_timeout,
    )
    make_queue(cloud.clients())  # before its undelivered messages are restored
    cloud.restore(options.home / "state")


def _with_logins(topology: Topology, database: Database) -> Topology:
    """Let every function log in as the role that its template names."""
    roles = roles_by_function()
    functions = {
        name: replace(function, environment={**function.environment, "DATABASE_URL": database.login(roles[name])})
        if name in roles
        else function
        for name, function in topology.functions.items()
    }
    return replace(topology, functions=functions)


def _allow_origin(topology: Topology, address: str) -> Topology:
    """Let pages from this very address call the API, whatever port it has."""
    functions = {}
    for name, function in topology.functions.items():
        origins = function.environment.get("ALLOWED_ORIGINS")
        if origins is not None and address not in origins.split(","):
            origins = ",".join(filter(None, [origins, address]))
            function = replace(function, environment={**function.environment, "ALLOWED_ORIGINS": origins})  # noqa: PLW2901
        functions[name] = function
    cors = topology.cors
    if cors is not None and address not in cors.origins:
        cors = replace(cors, origins=(*cors.origins, address))
    return replace(topology, functions=functions, cors=cors)


async def _triggers(
    *,
    topology: Topology,
    runtime: LambdaRuntime,
    invoker: AsynchronousInvoker,
    cloud: Cloud,
    log: Log,
    stack: AsyncExitStack,
) -> list[Work]:
    """Pollers of queues and of the buckets' events, each with threads of its own for the blocking calls."""
    clients = cloud.clients()
    executor = ThreadPoolExecutor(2 * len(topology.event_sources) + 2, thread_name_prefix="poll")
    stack.callback(executor.shutdown, wait=False, cancel_futures=True)
    pollers = [QueuePoller(source, runtime, clients, log, executor) for source in topology.event_sources]
    url = await asyncio.to_thread(make_queue, clients)
    await asyncio.to_thread(connect_buckets, topology.bucket_triggers, clients)
    notifier = BucketNotifier(url, invoker, clients, log, executor)
    return [*(poller.run for poller in pollers), notifier.run]


def _save(options: Options, cloud: Cloud, site: str | None, log: Log) -> None:
    """Objects and messages; the pages are brought anew at each start."""
    try:
        cloud.save(options.home / "state", left_out={site} if site else ())
    except OSError as error:
        log.note(f"objects and messages could not be saved: {error}")
