"""Lambda on this computer: for each function, a pool of execution environments that grows with the calls under way."""

import asyncio
import os
import time
from collections import deque
from typing import Final

from infra.local.aws.code import Code, CodeOf
from infra.local.aws.environment import Environment, Invocation, Outcome, failure
from infra.local.aws.naming import REGION
from infra.local.aws.topology import Function
from infra.local.host.log import Log
from infra.local.host.processes import Registry

EVENT_LIMIT: Final = 6 * 1024 * 1024  # bytes of a synchronous event or answer
_REAP_EVERY: Final = 15.0
_PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class FunctionPool:
    """The execution environments of one function: started on first use, kept warm, at most ``limit`` at once."""

    def __init__(
        self, function: Function, *, variables: dict[str, str], code: Code, limit: int, log: Log, registry: Registry
    ) -> None:
        self.function = function
        self.limit = min(limit, function.reserved_concurrency or limit)
        self.environments: list[Environment] = []
        self._variables = variables
        self._code = code
        self._log = log
        self._registry = registry
        self._idle: list[Environment] = []  # the one used last is used first, so that surplus ones grow cold
        self._waiting: deque[Invocation] = deque()
        self._initializing: set[Environment] = set()
        self._tasks: dict[Environment, asyncio.Task[None]] = {}
        self._closed = False

    async def invoke(self, event: bytes) -> Outcome:
        """Run the function on an event (JSON) and wait for its answer; cancelling does not stop the function."""
        if len(event) > EVENT_LIMIT:
            return Outcome(failure("RequestTooLarge", "The event is larger than 6 MiB"), "RequestTooLarge", 0.0)
        invocation = Invocation(event, asyncio.get_running_loop().create_future())
        if self._idle:
            self._idle.pop().dispatch(invocation)
        else:
            self._waiting.append(invocation)
            self._grow()
        return await invocation.outcome

    def outdate(self) -> None:
        """Replace every environment: the code has changed. Those at work finish first."""
        for environment in self.environments:
            environment.stale = True
        for environment in self._idle:
            environment.kill()
        self._idle.clear()

    def reap(self, idle_seconds: float) -> None:
        """End environments that have been idle for long."""
        oldest_allowed = time.monotonic() - idle_seconds
        for environment in [item for item in self._idle if item.idle_since < oldest_allowed]:
            self._idle.remove(environment)
            environment.kill()

    async def close(self) -> None:
        """End every environment and wait until it is gone."""
        self._closed = True
        for environment in self.environments:
            environment.kill()
        await asyncio.gather(*self._tasks.values())

    def _grow(self) -> None:
        while not self._closed and len(self._initializing) < len(self._waiting) and len(self.environments) < self.limit:
            environment = Environment(
                name=self.function.name,
                arn=self.function.arn,
                handler=self.function.handler,
                timeout=self.function.timeout,
                variables=self._variables,
                code=self._code,
                log=self._log,
                registry=self._registry,
                on_idle=self._take,
                on_end=self._remove,
            )
            self.environments.append(environment)
            self._initializing.add(environment)
            self._tasks[environment] = asyncio.get_running_loop().create_task(environment.run())

    def _take(self, environment: Environment) -> None:
        """An environment is free, after INIT or an invocation."""
        self._initializing.discard(environment)
        if environment.stale or self._closed:
            environment.kill()
            return
        while self._waiting:
            invocation = self._waiting.popleft()
            if not invocation.outcome.done():
                environment.dispatch(invocation)
                return
        self._idle.append(environment)

    def _remove(self, environment: Environment) -> None:
        """An environment has ended."""
        self.environments.remove(environment)
        if environment in self._idle:
            self._idle.remove(environment)
        self._initializing.discard(environment)
        del self._tasks[environment]
        # When INIT fails and no healthy environment is left to serve those who wait, they all get its error: one start
        # after the other for each of them would not end otherwise.
        healthy = any(other.initialized for other in self.environments)
        if environment.init_error is not None and not environment.stale and not healthy:
            while self._waiting:
                self._waiting.popleft().finish(environment.init_error, "Runtime.InitError")
        self._grow()


class LambdaRuntime:
    """Every function's pool, by the function's name."""

    def __init__(
        self,
        functions: dict[str, Function],
        *,
        code: CodeOf,
        overrides: dict[str, str],
        limit: int,
        log: Log,
        registry: Registry,
        idle_seconds: float = 900.0,
    ) -> None:
        self.pools = {
            name: FunctionPool(
                function,
                variables=process_variables(function, code(name), overrides),
                code=code(name),
                limit=limit,
                log=log,
                registry=registry,
            )
            for name, function in functions.items()
        }
        self._idle_seconds = idle_seconds

    async def invoke(self, name: str, event: bytes) -> Outcome:
        """Run a function by name. Raises KeyError for an unknown one."""
        return await self.pools[name].invoke(event)

    def outdate(self, contexts: set[str] | None) -> None:
        """Replace the environments of these contexts' functions; of all, if None."""
        for pool in self.pools.values():
            if contexts is None or pool.function.context in contexts:
                pool.outdate()

    async def reap_forever(self) -> None:
        """End, at intervals, environments that have been idle for long."""
        while True:
            await asyncio.sleep(_REAP_EVERY)
            for pool in self.pools.values():
                pool.reap(self._idle_seconds)

    async def close(self) -> None:
        """End every process."""
        await asyncio.gather(*(pool.close() for pool in self.pools.values()))


def process_variables(function: Function, code: Code, overrides: dict[str, str]) -> dict[str, str]:
    """Environment of a function's process: the template's, the runtime's, and local overrides; nothing else of ours.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    """
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        "TZ": ":UTC",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_FUNCTION_NAME": function.physical_name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.physical_name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": function.name,
        "LAMBDA_TASK_ROOT": str(code.folder),
        "_HANDLER": function.handler,
        **function.environment,
        **overrides,
        **code.variables,
    }
