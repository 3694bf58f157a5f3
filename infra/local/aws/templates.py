"""The templates of the local system: synthesized in a process of its own when they are not current, and read."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Final

from infra import assemblies
from infra.local.host.errors import StartError

_SUFFIX: Final = ".template.json"


async def synthesize(root: Path, output: Path) -> bool:
    """Bring the folder up to date with the sources below `root`; True if templates had to be synthesized.

    Several systems may share the folder: one of them synthesizes, the others wait.
    Raises StartError with the last line of the error output.
    """
    if await asyncio.to_thread(assemblies.is_current, output, assemblies.LOCAL, root):
        return False
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"The folder {output.parent} cannot be written: {error.strerror}") from error
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infra.assemblies", str(output)),
        cwd=root,
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
    log = output.with_name("synth.log")
    log.write_bytes(text)
    if process.returncode != 0:
        reason = next((line for line in reversed(text.decode(errors="replace").splitlines()) if line.strip()), "")
        raise StartError(f"The CDK app cannot be synthesized: {reason.strip()} (all of it: {log})")
    return True


def load_templates(folder: Path) -> dict[str, dict[str, Any]]:
    """The template of every stack, by the stack's name."""
    files = sorted(folder.glob(f"*{_SUFFIX}"))
    return {file.name.removesuffix(_SUFFIX): json.loads(file.read_bytes()) for file in files}
