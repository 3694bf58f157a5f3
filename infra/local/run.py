"""Starts the whole system in order, says what is where, and ends it without leaving anything behind."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import orjson
import uvloop

from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.first_shop import DemoShop, add_sample_products, request_pictures, show_people
from infra.local.host.errors import StartError
from infra.local.host.log import Log
from infra.local.host.options import Options, Web, check_time_zone, prepare_home, read_options
from infra.local.host.ports import gateway_address, listen
from infra.local.host.processes import Registry
from infra.local.system import System, start_system, timed


def main() -> int:
    """Run until Ctrl-C; gives the exit status. What can go wrong at a start is said in one line."""
    try:
        options = read_options(sys.argv[1:], os.environ)
        check_time_zone(options)
        _remove_aws_variables()
        descriptor = prepare_home(options.home)
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(_run_until_signal(options))
        finally:
            os.close(descriptor)
    except StartError as error:
        print(f"ShareStack: {error}", file=sys.stderr)
        return 1
    return 0


def _remove_aws_variables() -> None:
    """The developer's own AWS profile and endpoints have no business here."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]


async def _run_until_signal(options: Options) -> None:
    loop = asyncio.get_running_loop()
    working = loop.create_task(_work(options))
    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, _end_once, working)
    with contextlib.suppress(asyncio.CancelledError):
        await working


def _end_once(working: asyncio.Task[None]) -> None:
    """Cancel on the first signal; a second one must not interrupt the orderly end."""
    if not working.cancelling():
        working.cancel()


async def _work(options: Options) -> None:
    started = time.monotonic()
    log = Log(options.home / "log", quiet=options.quiet)
    registry = Registry(options.home / "processes.json")
    async with AsyncExitStack() as stack:
        stack.callback(log.close)
        leftovers = registry.end_leftovers()
        if leftovers:
            log.note(f"ended {leftovers} processes that an earlier run left behind")
        listener = listen(options.port)
        stack.callback(listener.close)
        demo = None
        if options.demo and not _admin_file(options).exists():
            demo = DemoShop(options, gateway_address(listener), registry)
            stack.callback(demo.end)
        system = await start_system(options, listener, log, registry, stack)
        seeded = await _prepare(system, options, log, demo)
        admin = _store_admin(_admin_file(options), seeded, options.admin_password)
        loop = asyncio.get_running_loop()
        server = loop.create_task(system.server.serve(sockets=[listener]))
        background = [server, *(loop.create_task(work()) for work in system.background)]
        stack.push_async_callback(_finish, system, server, background)
        for simulator in system.simulators:
            simulator.resume()
        if seeded.get("imports"):
            await asyncio.to_thread(request_pictures, system.cloud, seeded["imports"])
        if "objects" in seeded:
            faces = asyncio.to_thread(show_people, system.cloud, system.address, seeded["objects"], log)
            background.append(loop.create_task(faces))
        if seeded.get("admin", {}).get("password") and "customer" not in seeded:
            with timed(log, "sample products"):
                await asyncio.to_thread(add_sample_products, system.address, seeded["admin"])
        _announce(system, options, admin, time.monotonic() - started)
        stack.callback(log.note, "ending ...")
        await asyncio.gather(*background)


async def _prepare(system: System, options: Options, log: Log, demo: DemoShop | None) -> dict[str, Any]:
    """What a deployment does before traffic comes: migrate, make signing keys, seed. Returns the administrator under
    `admin`, with the password where it is new, and one of the demo's customers under `customer`.
    """
    runtime = system.runtime
    with timed(log, "database schema"):
        await _invoke(runtime, "operations.migrate", {})
    with timed(log, "signing keys"):
        await _invoke(runtime, "identity.rotate_signing_keys", {})
    if demo is not None and all(simulator.application is not None for simulator in system.simulators):
        with timed(log, "demo shop"):
            copied = await demo.copy_into(system.database_url, system.simulators)
        if copied:
            with timed(log, "figures of the demo"):
                await _invoke(runtime, "analytics.refresh_views", {})
                await _invoke(runtime, "analytics.refresh_daily_metrics", {})
                await _invoke(runtime, "analytics.refresh_engagement_metrics", {})
                await _invoke(runtime, "analytics.refresh_trending_content", {})
                await _invoke(runtime, "community.refresh_trending_tickers", {})
                await _invoke(runtime, "catalog.refresh_popularity", {})
                await _invoke(runtime, "discovery.refresh_recommendations", {})
            return copied
    with timed(log, "administrator"):
        return await _invoke(
            runtime,
            "operations.seed",
            {"admin_email": options.admin_email, "admin_password": options.admin_password},
        )


async def _invoke(runtime: LambdaRuntime, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Run a function that the start depends on; nothing when the templates do not define it."""
    if name not in runtime.pools:
        return {}
    outcome = await runtime.invoke(name, orjson.dumps(event))
    answer = orjson.loads(outcome.payload)
    if outcome.error is not None:
        raise StartError(f"{name} failed: {outcome.error}: {answer.get('errorMessage', '')}")
    return answer if isinstance(answer, dict) else {}


def _admin_file(options: Options) -> Path:
    return options.home / "admin.json"


def _store_admin(file: Path, seeded: dict[str, Any], chosen_password: str | None) -> dict[str, Any]:
    """The administrator and the customer with their passwords, which only the start that made them knows."""
    stored = json.loads(file.read_text()) if file.exists() else {}
    admin = seeded.get("admin") or {}
    customer = seeded.get("customer") or stored.get("customer")
    password = admin.get("password") or chosen_password
    if password is None and stored.get("email") == admin.get("email"):
        password = stored.get("password")
    credentials = {**admin, "password": password, "customer": customer}
    file.touch(mode=0o600)
    file.write_text(json.dumps(credentials))
    return credentials


async def _finish(system: System, server: asyncio.Task[None], background: list[asyncio.Task[None]]) -> None:
    """Stop taking requests, then stop everything that wakes functions."""
    system.server.should_exit = True
    await asyncio.wait([server], timeout=5)
    for task in background:
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)


def _announce(system: System, options: Options, admin: dict[str, Any], seconds: float) -> None:
    address = system.address
    if options.ready_file is not None:
        ready = {
            "address": address,
            "pid": os.getpid(),
            "home": str(options.home),
            "database_url": system.database_url,
            "database_tcp_url": system.database_tcp_url,
            "aws_endpoint_url": system.cloud.address,
            "admin": admin,
            "providers": {item.name: dict(item.credentials(address)) for item in system.simulators},
        }
        draft = options.ready_file.with_name(options.ready_file.name + ".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(ready, indent=2))
        draft.replace(options.ready_file)
    pages = {Web.OFF: "none (WEB=1 builds them)", Web.BUILT: f"{address}/", Web.DEVELOPMENT: f"{address}/, by Vite"}
    lines = [
        ("shop", pages[options.web]),
        ("administration", f"{address}/admin/"),
        ("API", address),
        ("API documentation", f"{address}/docs"),
        ("functions, queues", f"{address}/_local/"),
        ("sent mail", f"{address}/_local/mail"),
        *((item.title, item.location(address)) for item in system.simulators),
        ("database", system.database_tcp_url),
        ("code", "build/packages, as it is deployed" if options.packaged else "this checkout, reloaded on change"),
        ("logs", str(options.home / "log")),
        ("administrator", f"{admin.get('email')}  {admin.get('password') or '(the password chosen earlier)'}"),
    ]
    if customer := admin.get("customer"):
        lines.append(("a customer", f"{customer['email']}  {customer['password']}"))
    print(f"\nShareStack is ready after {seconds:.1f} seconds. Ctrl-C ends it.\n")
    print("".join(f"  {name:<18} {value}\n" for name, value in lines), flush=True)
