"""Pages as they are deployed: built in the background, put into their bucket, and built again on every change."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from starlette.types import Receive, Scope, Send
from watchfiles import DefaultFilter, awatch

from infra import web_build
from infra.local.host.log import Log
from infra.local.host.processes import Registry, die_with_parent
from infra.local.web.pages import building_page, failed_page, send_page
from infra.site_upload.handler import upload

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CONTEXT: Final = "web"
"""Of the function that renders pages, as the local system names it."""

_GENERATED: Final = "schema.d.ts"


@dataclass
class BuiltPages:
    """`bucket` is that of the site; `render` the folder of the function that renders, which `outdate` restarts."""

    root: Path
    render: Path
    bucket: str
    s3: "S3Client"
    configuration: Mapping[str, str]
    outdate: Callable[[set[str] | None], None]
    address: str
    log: Log
    registry: Registry
    _ready: bool = False
    _failure: str | None = None

    async def serve_instead(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Pages of an earlier build stay while another one is made, or fails."""
        if self._ready:
            return False
        page = failed_page(self._failure, str(self._output)) if self._failure else building_page()
        await send_page(send, page)
        return True

    async def run(self) -> None:
        """Build, and build again whenever something below `web/` changes, until cancelled."""
        await self._bring_up_to_date()
        folders = (self.root / "web", self.root / "infra" / "render")
        async for changes in awatch(*folders, watch_filter=_Sources(), rust_timeout=60_000, yield_on_timeout=True):
            if changes:
                await self._bring_up_to_date()

    @property
    def _output(self) -> Path:
        return self.log.folder / "web.log"

    async def _bring_up_to_date(self) -> None:
        started = time.monotonic()
        built = await asyncio.to_thread(web_build.is_built, self.root)
        if not built:
            self.log.note(f"web: building ({self._output} has what is said)")
            self._failure = await self._build()
            if self._failure:
                self.log.note(f"web: not built: {self._failure.splitlines()[0]}")
                return
        try:
            uploaded = await asyncio.to_thread(self._publish)
        except (OSError, BotoCoreError, ClientError) as error:
            self._failure = f"{type(error).__name__}: {error}"
            self.log.note(f"web: not published: {self._failure}")
            return
        self.outdate({CONTEXT})
        self._ready = True
        seconds = time.monotonic() - started
        self.log.note(f"web: {uploaded['written']} files after {seconds:.1f} s: {self.address}/ /admin/ /studio/")

    async def _build(self) -> str | None:
        """Why it failed, or None. What is built is not hurried: functions and browsers run on the same computer."""
        with self._output.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *("nice", "-n", "10", sys.executable, "-m", "infra.web_build"),
                cwd=self.root,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # a group of its own, so that what it starts can be ended with it
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self.registry.add(process.pid)
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            self.registry.remove(process.pid)
        return None if status == 0 else self._output.read_text(errors="replace").strip()[-4_000:] or "no reason given"

    def _publish(self) -> dict[str, Any]:
        """What a deployment does: the site into its bucket, then the function that renders."""
        uploaded = upload(self.s3, self.bucket, self.root / web_build.SITE, dict(self.configuration))
        draft = self.render.with_name(f"{self.render.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(self.root / web_build.RENDER, draft)
        shutil.copyfile(self.root / "infra" / "render" / "entry.mjs", draft / "entry.mjs")
        shutil.rmtree(self.render, ignore_errors=True)
        draft.rename(self.render)
        return uploaded


class _Sources(DefaultFilter):
    """Everything but packages, browser tests, and what is made from the OpenAPI document for the compiler."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "e2e")

    def __call__(self, change: Any, path: str) -> bool:
        return super().__call__(change, path) and not path.endswith(_GENERATED)
