"""Synthesizes the CDK app and reads its templates; what has not changed is not synthesized again."""

import asyncio
import fcntl
import hashlib
import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from infra.local.errors import StartError

ENVIRONMENT: Final = "dev"
_LOCK_FILES: Final = ("cdk.json", "package-lock.json", "requirements.lock")
_SUFFIX: Final = ".template.json"


async def synthesize(root: Path, output: Path) -> bool:
    """Run ``cdk synth`` into a folder, unless that holds the result for the present sources; True if it was run.

    Several systems may share the folder: one of them synthesizes, the others wait.
    Raises StartError with the last line of what went wrong.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        opened = output.with_name(output.name + ".lock").open("w")
    except OSError as error:
        raise StartError(f"The folder {output.parent} cannot be written: {error.strerror}") from error
    with opened as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        return await _synthesize(root, output)


async def _synthesize(root: Path, output: Path) -> bool:
    fingerprint = _fingerprint(root)
    stamp = output / "fingerprint"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    draft = output.with_name(output.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    process = await asyncio.create_subprocess_exec(
        *("npx", "--no-install", "cdk", "synth", "--quiet", "-o", str(draft)),
        # The schedules of production: nothing here has to sleep to be cheap.
        *("-c", f"environment={ENVIRONMENT}", "-c", "bundle=false", "-c", "housekeeping_minutes=1"),
        cwd=root,
        env={**os.environ, "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20,22", "CDK_DISABLE_CLI_TELEMETRY": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # a group of its own, so that the processes it starts can be ended with it
    )
    try:
        text, _ = await process.communicate()
    except asyncio.CancelledError:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if process.returncode != 0:
        log = output.with_name("synth.log")
        log.write_bytes(text)
        reason = next((line for line in reversed(text.decode(errors="replace").splitlines()) if line.strip()), "")
        raise StartError(f"`npx cdk synth` failed: {reason.strip()} (all of it: {log})")
    (draft / "fingerprint").write_text(fingerprint)
    shutil.rmtree(output, ignore_errors=True)
    draft.rename(output)
    return True


def load_templates(folder: Path) -> dict[str, dict[str, Any]]:
    """The template of every stack, by the stack's name."""
    files = sorted(folder.glob(f"*{_SUFFIX}"))
    return {file.name.removesuffix(_SUFFIX): json.loads(file.read_bytes()) for file in files}


def _sources(root: Path) -> Iterator[Path]:
    for file in sorted((root / "infra").rglob("*.py")):
        if not file.is_relative_to(root / "infra" / "local"):
            yield file
    yield from (root / name for name in _LOCK_FILES if (root / name).exists())


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256(ENVIRONMENT.encode())
    for file in _sources(root):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
