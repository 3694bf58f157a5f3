"""What ``make run`` needs besides Python: Node.js, and the CDK command line that it runs.

Standard library only: `make` asks for the version before anything is installed.
"""

import asyncio
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from infra.local.host.errors import StartError

# What works, though its support has ended: with 16 the library that CDK is called through does not start.
LEAST_NODE: Final = (18, 0)
_NEEDS: Final = "ShareStack needs Node.js 22 or 24 (20.19 still works) for the AWS CDK"


async def check_node(root: Path) -> None:
    """Raises StartError when Node is missing or too old; installs the CDK command line when it is missing."""
    check_node_version()
    if not (root / "node_modules" / "aws-cdk").exists():
        code, text = await _run(root, "npm", "ci", "--no-progress")
        if code != 0:
            reason = next((line for line in text.splitlines() if line.strip()), "no reason given")
            raise StartError(f"`npm ci` failed: {reason}")


def check_node_version() -> None:
    """Raises StartError when Node is missing, or older than what works."""
    if shutil.which("node") is None or shutil.which("npx") is None:
        raise StartError(f"{_NEEDS}; it was not found.")
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    except OSError as error:
        raise StartError(f"{_NEEDS}; it cannot be run: {error.strerror}.") from error
    version = re.match(r"v(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < LEAST_NODE:
        raise StartError(f"{_NEEDS}; this is {said.removeprefix('v') or '?'}.")


async def _run(root: Path, *command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=root,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode(errors="replace")
