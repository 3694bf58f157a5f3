"""What ``make run`` needs besides Python: Node.js, and the CDK command line that it runs."""

import asyncio
import shutil
from pathlib import Path
from typing import Final

from infra.local.errors import StartError

NODE_MAJOR: Final = 20


async def check_node(root: Path) -> None:
    """Raises StartError when Node is missing or too old; installs the CDK command line when it is missing."""
    if shutil.which("node") is None or shutil.which("npx") is None:
        raise StartError(f"ShareStack needs Node.js {NODE_MAJOR} or newer (for the AWS CDK); it was not found.")
    code, text = await _run(root, "node", "--version")
    version = text.strip().removeprefix("v")
    if code != 0 or not version.split(".")[0].isdigit() or int(version.split(".")[0]) < NODE_MAJOR:
        raise StartError(f"ShareStack needs Node.js {NODE_MAJOR} or newer (for the AWS CDK); this is {version or '?'}.")
    if not (root / "node_modules" / "aws-cdk").exists():
        code, text = await _run(root, "npm", "ci", "--no-progress")
        if code != 0:
            reason = next((line for line in text.splitlines() if line.strip()), "no reason given")
            raise StartError(f"`npm ci` failed: {reason}")


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
