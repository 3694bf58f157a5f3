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

from infra.local.errors import StartError
from infra.local.lambda_runtime import LambdaRuntime
from infra.local.log import Log
from infra.local.options import Options, prepare_home, read_options
from infra.local.processes import Registry
from infra.local.server import listen
from infra.local.system import System, start_system, timed


def main() -> int:
    """Run until Ctrl-C; gives the exit status. What can go wrong at a start is said in one line."""
    try:
        options = read_options(sys.argv[1:], os.environ)
        _forget_aws_settings()
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


def _forget_aws_settings() -> None:
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
        system = await start_system(options, listener, log, registry, stack)
        admin = await _prepare(system.runtime, options, log)
        loop = asyncio.get_running_loop()
        server = loop.create_task(system.server.serve(sockets=[listener]))
        background = [server, *(loop.create_task(work()) for work in system.background)]
        stack.push_async_callback(_finish, system, server, background)
        system.stripe.resume()
        _announce(system, options, admin, time.monotonic() - started)
        stack.callback(log.note, "ending ...")
        await asyncio.gather(*background)


async def _prepare(runtime: LambdaRuntime, options: Options, log: Log) -> dict[str, Any]:
    """What a deployment does before traffic comes: migrate, make signing keys, seed. Gives who can sign in: the
    administrator, and under `customer` one of the demo's customers.
    """
    with timed(log, "database schema"):
        await _invoke(runtime, "operations.migrate", {})
    with timed(log, "signing keys"):
        await _invoke(runtime, "identity.rotate_signing_keys", {})
    with timed(log, "sample data"):
        chosen = {"admin_email": options.admin_email, "admin_password": options.admin_password, "demo": options.demo}
        answer = await _invoke(runtime, "operations.seed", chosen)
    if answer.get("demo"):
        with timed(log, "figures of the demo"):
            await _invoke(runtime, "analytics.refresh_views", {})
            await _invoke(runtime, "catalog.refresh_popularity", {})
            await _invoke(runtime, "discovery.refresh_recommendations", {})
    return _remember(options.home / "admin.json", answer, options.admin_password)


async def _invoke(runtime: LambdaRuntime, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Run a function that the start depends on; nothing when the templates do not define it."""
    if name not in runtime.pools:
        return {}
    outcome = await runtime.invoke(name, orjson.dumps(event))
    answer = orjson.loads(outcome.payload)
    if outcome.error is not None:
        raise StartError(f"{name} failed: {outcome.error}: {answer.get('errorMessage', '')}")
    return answer if isinstance(answer, dict) else {}


def _remember(file: Path, seeded: dict[str, Any], chosen_password: str | None) -> dict[str, Any]:
    """The administrator with the password, which the seed function tells only when it makes it; so with the demo."""
    known = json.loads(file.read_text()) if file.exists() else {}
    admin = seeded.get("admin") or {}
    demo = seeded.get("demo")
    customer = {"email": demo["customer"], "password": demo["password"]} if demo else known.get("customer")
    password = admin.get("password") or chosen_password
    if password is None and known.get("email") == admin.get("email"):
        password = known.get("password")
    remembered = {**admin, "password": password, "customer": customer}
    file.touch(mode=0o600)
    file.write_text(json.dumps(remembered))
    return remembered


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
            "stripe": {
                "api_base": f"{address}/_local/stripe",
                "secret_key": system.stripe.secret_key,
                "publishable_key": system.stripe.publishable_key,
                "signing_secrets": system.stripe.signing_secrets,
            },
        }
        draft = options.ready_file.with_name(options.ready_file.name + ".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(ready, indent=2))
        draft.replace(options.ready_file)
    lines = [
        ("API", address),
        ("API documentation", f"{address}/docs"),
        ("functions, queues", f"{address}/_local/"),
        ("sent mail", f"{address}/_local/mail"),
        ("Stripe", f"{address}/_local/stripe/" if system.stripe.application else "api.stripe.com (your test key)"),
        ("database", system.database_tcp_url),
        ("code", "build/packages, as it is deployed" if options.packaged else "this checkout, reloaded on change"),
        ("logs", str(options.home / "log")),
        ("administrator", f"{admin.get('email')}  {admin.get('password') or '(the password chosen earlier)'}"),
    ]
    if customer := admin.get("customer"):
        lines.append(("a customer", f"{customer['email']}  {customer['password']}"))
    print(f"\nShareStack is ready after {seconds:.1f} seconds. Ctrl-C ends it.\n")
    print("".join(f"  {name:<18} {value}\n" for name, value in lines), flush=True)
