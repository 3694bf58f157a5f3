"""Functions in processes of their own under the real Lambda runtime client."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest

from infra.local.aws.topology import Function
from tests.integration.local.conftest import StartRuntime

Package = Callable[..., Function]
Run = Callable[[Any], None]

ECHO = """
import os

CALLS = []

def handler(event, context):
    CALLS.append(1)
    return {"event": event, "pid": os.getpid(), "calls": len(CALLS), "request": context.aws_request_id,
            "remaining": context.get_remaining_time_in_millis(), "memory": context.memory_limit_in_mb}
"""

NAP = """
import os, time

def handler(event, context):
    time.sleep(event["seconds"])
    return os.getpid()
"""


def test_an_event_reaches_the_handler_and_its_answer_comes_back(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.echo", ECHO)) as lambdas:
            outcome = await lambdas.invoke("demo.echo", orjson.dumps({"name": "中文"}))

        answer = orjson.loads(outcome.payload)
        assert outcome.error is None
        assert answer["event"] == {"name": "中文"}
        assert len(answer["request"]) == 36
        assert 4000 < answer["remaining"] <= 5000
        assert answer["memory"] == "256"

    run(scenario())


def test_a_warm_process_is_used_again_and_only_the_first_call_waits_for_init(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.echo", ECHO)) as lambdas:
            outcomes = [await lambdas.invoke("demo.echo", b"{}") for _ in range(3)]

        answers = [orjson.loads(outcome.payload) for outcome in outcomes]
        assert len({answer["pid"] for answer in answers}) == 1
        assert [answer["calls"] for answer in answers] == [1, 2, 3]
        assert [outcome.init is not None for outcome in outcomes] == [True, False, False]

    run(scenario())


def test_concurrent_calls_get_processes_of_their_own_up_to_the_limit(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.nap", NAP), limit=3) as lambdas:
            calls = [lambdas.invoke("demo.nap", b'{"seconds": 0.4}') for _ in range(7)]
            pids = [outcome.payload for outcome in await asyncio.gather(*calls)]

        assert len(set(pids)) == 3

    run(scenario())


def test_an_exception_is_an_error_with_its_type_and_the_process_lives_on(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    code = "import os\ndef handler(event, context):\n    if event: raise ValueError('no')\n    return os.getpid()\n"

    async def scenario() -> None:
        async with runtime(package("demo.raises", code), limit=1) as lambdas:
            before = await lambdas.invoke("demo.raises", b"{}")
            failed = await lambdas.invoke("demo.raises", b'{"a": 1}')
            after = await lambdas.invoke("demo.raises", b"{}")

        assert failed.error == "ValueError"
        assert orjson.loads(failed.payload)["errorMessage"] == "no"
        assert before.payload == after.payload

    run(scenario())


@pytest.mark.parametrize("ending", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_dies_fails_its_call_and_the_next_call_gets_a_new_one(
    ending: str, package: Package, runtime: StartRuntime, run: Run
) -> None:
    code = f"import os\ndef handler(event, context):\n    if event: {ending}\n    return 'alive'\n"

    async def scenario() -> None:
        async with runtime(package("demo.dies", code), limit=1) as lambdas:
            died = await lambdas.invoke("demo.dies", b'{"a": 1}')
            after = await lambdas.invoke("demo.dies", b"{}")

        assert died.error == "Runtime.ExitError"
        assert orjson.loads(after.payload) == "alive"

    run(scenario())


def test_a_call_that_takes_too_long_is_ended_with_its_process(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.nap", NAP, timeout=0.5), limit=1) as lambdas:
            started = time.monotonic()
            outcome = await lambdas.invoke("demo.nap", b'{"seconds": 30}')
            after = await lambdas.invoke("demo.nap", b'{"seconds": 0}')

        assert outcome.error == "timeout"
        assert "timed out after 0.50 seconds" in orjson.loads(outcome.payload)["errorMessage"]
        assert time.monotonic() - started < 5
        assert after.error is None

    run(scenario())


def test_everybody_who_waits_for_a_broken_function_gets_its_init_error(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.broken", "import nothing_of_this_name\n")) as lambdas:
            outcomes = await asyncio.gather(*(lambdas.invoke("demo.broken", b"{}") for _ in range(5)))

        assert {outcome.error for outcome in outcomes} == {"Runtime.InitError"}
        assert "nothing_of_this_name" in orjson.loads(outcomes[0].payload)["errorMessage"]

    run(scenario())


def test_changed_code_runs_from_the_next_call_on(
    package: Package, runtime: StartRuntime, run: Run, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.version", "def handler(event, context): return 1\n")) as lambdas:
            first = await lambdas.invoke("demo.version", b"{}")
            package("demo.version", "def handler(event, context): return 'second'\n")
            lambdas.outdate({"demo"})
            second = await lambdas.invoke("demo.version", b"{}")

        assert (first.payload, second.payload) == (b"1", b'"second"')

    run(scenario())


def test_a_call_under_way_survives_a_change_of_code(package: Package, runtime: StartRuntime, run: Run) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.nap", NAP), limit=1) as lambdas:
            await lambdas.invoke("demo.nap", b'{"seconds": 0}')
            call = asyncio.create_task(lambdas.invoke("demo.nap", b'{"seconds": 0.5}'))
            await asyncio.sleep(0.1)
            lambdas.outdate(None)

            assert (await call).error is None

    run(scenario())


def test_a_function_sees_its_own_environment_and_nothing_else_of_ours(
    package: Package, runtime: StartRuntime, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEVELOPERS_SECRET", "x")
    monkeypatch.setenv("AWS_PROFILE", "production")
    code = "import os\ndef handler(event, context): return dict(os.environ)\n"
    function = package("demo.env", code, environment={"FROM_TEMPLATE": "1", "DATABASE_URL": "aurora"})

    async def scenario() -> None:
        async with runtime(function, overrides={"DATABASE_URL": "local"}) as lambdas:
            seen = orjson.loads((await lambdas.invoke("demo.env", b"{}")).payload)

        assert (seen["FROM_TEMPLATE"], seen["DATABASE_URL"]) == ("1", "local")
        assert seen["AWS_LAMBDA_FUNCTION_NAME"] == "demo-env"
        assert "DEVELOPERS_SECRET" not in seen
        assert "AWS_PROFILE" not in seen

    run(scenario())


def test_idle_processes_are_ended_after_a_while(package: Package, runtime: StartRuntime, run: Run) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.echo", ECHO)) as lambdas:
            await lambdas.invoke("demo.echo", b"{}")
            pool = lambdas.pools["demo.echo"]
            pool.reap(idle_seconds=60)
            assert len(pool.environments) == 1
            for _ in range(100):
                pool.reap(idle_seconds=-1)  # it is idle once it asks for the next event
                await asyncio.sleep(0.05)
                if not pool.environments:
                    break
            assert not pool.environments

    run(scenario())


def test_no_process_is_left_when_the_runtime_closes(package: Package, runtime: StartRuntime, run: Run) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.nap", NAP)) as lambdas:
            call = asyncio.create_task(lambdas.invoke("demo.nap", b'{"seconds": 60}'))
            await asyncio.sleep(0.5)
            [environment] = lambdas.pools["demo.nap"].environments
            pid = environment.pid
        await call

        assert pid is not None
        assert not psutil.pid_exists(pid)

    run(scenario())


def test_an_event_over_six_mebibytes_is_refused_as_lambda_does(
    package: Package, runtime: StartRuntime, run: Run
) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.echo", ECHO)) as lambdas:
            outcome = await lambdas.invoke("demo.echo", orjson.dumps("x" * (6 * 1024 * 1024)))

        assert outcome.error == "RequestTooLarge"

    run(scenario())


def test_a_killed_idle_process_is_replaced(package: Package, runtime: StartRuntime, run: Run) -> None:
    async def scenario() -> None:
        async with runtime(package("demo.echo", ECHO), limit=1) as lambdas:
            first = orjson.loads((await lambdas.invoke("demo.echo", b"{}")).payload)["pid"]
            os.kill(first, signal.SIGKILL)
            await asyncio.sleep(0.3)
            second = orjson.loads((await lambdas.invoke("demo.echo", b"{}")).payload)["pid"]

        assert first != second

    run(scenario())
