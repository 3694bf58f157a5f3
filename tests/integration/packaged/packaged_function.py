"""Starts a packaged function as Lambda does, sends it an event, and looks at what it did to its own packages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.database_roles import roles_by_function
from infra.local.aws.code import CodeOf
from infra.local.aws.environment import Outcome
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.topology import Function
from infra.local.host.log import Log
from infra.local.host.processes import Registry
from tests.integration.packaged.witnesses import WITNESSES
from tests.support import database_logins

ROOT = Path(__file__).parents[3]

# https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPROFILEIMPORTTIME
_IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)


def sample(name: str) -> dict[str, Any]:
    """What wakes the function `context.handler`, from `events/`."""
    document: dict[str, Any] = json.loads((ROOT / "events" / f"{name.replace('.', '/')}.json").read_text())
    return document


@dataclass
class PackagedFunctions:
    """Functions by name (`context.handler`); each call starts a new process."""

    code: CodeOf
    variables: dict[str, str]
    folder: Path
    run: Callable[[Any], Any]
    imported: dict[str, set[str]] = field(default_factory=dict)
    """Top-level names that a function has imported."""

    def __call__(self, name: str, event: dict[str, Any], **variables: str) -> Any:
        """The function's answer to its first event.

        Its packages are the same afterwards: imports wrote nothing. It has imported what is kept in layers for it.
        """
        before = self._files(name)
        outcome: Outcome = self.run(self._invoke(name, event, variables))
        answer = json.loads(outcome.payload)
        assert outcome.error is None, answer
        assert self._files(name) == before
        self.imported[name] = self._imports(name)
        kept_for_it = {module for layer in WITNESSES.values() for module, witness in layer.items() if witness == name}
        assert kept_for_it <= self.imported[name], "a layer holds what this function is said to import"
        return answer

    async def _invoke(self, name: str, event: dict[str, Any], variables: dict[str, str]) -> Outcome:
        context, handler = name.split(".")
        function = Function(
            name=name,
            physical_name=f"sharestack-test-{context}-{handler}",
            handler=f"functions.{context}.handlers.{handler}.handler",
            timeout=60,
            memory=512,
            environment={**self.variables, "SERVICE": context, "PYTHONPROFILEIMPORTTIME": "1", **variables},
        )
        login = database_logins.login(function.environment["DATABASE_URL"], roles_by_function()[name])
        function.environment["DATABASE_URL"] = login
        with (self.folder / "shown.log").open("a") as stream:
            log = Log(self._log_folder(), stream)
            runtime = LambdaRuntime(
                {name: function},
                code=self.code,
                overrides={},
                limit=1,
                log=log,
                registry=Registry(self.folder / "processes.json"),
            )
            try:
                return await runtime.invoke(name, json.dumps(event).encode())
            finally:
                await runtime.close()
                log.close()

    def _log_folder(self) -> Path:
        folder = self.folder / "log"
        folder.mkdir(exist_ok=True)
        return folder

    def _imports(self, name: str) -> set[str]:
        text = (self._log_folder() / f"{name}.log").read_text()
        return {module.partition(".")[0] for module in _IMPORTED.findall(text)}

    def _files(self, name: str) -> dict[Path, tuple[int, int]]:
        """Size and date of every file that the function could import."""
        folders = self.code(name).variables["PYTHONPATH"].split(":")
        paths = (path for folder in folders for path in Path(folder).rglob("*"))
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}
