"""A small package of functions, and the parts of the local system around it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvloop

from infra.local.aws.code import checked_out
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.topology import Function
from infra.local.host.log import Log
from infra.local.host.processes import Registry

StartRuntime = Callable[..., AbstractAsyncContextManager[LambdaRuntime]]


@pytest.fixture
def package(tmp_path: Path) -> Callable[[str, str], Function]:
    """Writes a handler into a package of functions and gives the function."""

    def write(name: str, code: str, **properties: Any) -> Function:
        context, handler = name.split(".")
        folder = tmp_path / "package" / "functions" / context / "handlers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{handler}.py").write_text(code)
        settings: dict[str, Any] = {"timeout": 5.0, "memory": 256, "environment": {}, **properties}
        return Function(name, name.replace(".", "-"), f"functions.{context}.handlers.{handler}.handler", **settings)

    return write


@pytest.fixture
def runtime(tmp_path: Path) -> StartRuntime:
    """Starts a runtime for functions; every process has ended when it closes."""

    @asynccontextmanager
    async def start(
        *functions: Function, limit: int = 2, overrides: dict[str, str] | None = None
    ) -> AsyncIterator[LambdaRuntime]:
        log = Log(tmp_path / "log", (tmp_path / "stream").open("a"))
        running = LambdaRuntime(
            {function.name: function for function in functions},
            code=checked_out(tmp_path / "package"),
            overrides=overrides or {},
            limit=limit,
            log=log,
            registry=Registry(tmp_path / "processes.json"),
        )
        try:
            yield running
        finally:
            await running.close()
            log.close()

    return start


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, None] | Awaitable[None]], None]:
    """Runs a coroutine in the event loop that the local system uses."""
    return uvloop.run
