"""The README's session, run as it is printed."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.e2e.running_system import ROOT, RunningSystem

_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_the_session_of_the_readme_works_as_printed(system: RunningSystem, tmp_path: Path) -> None:
    blocks = _BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 5
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
        env={**os.environ, "API": system.ready["address"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    last = run.stdout.strip().splitlines()[-1]
    assert '"status":"paid"' in last, run.stdout
    assert '"total_amount":2900' in last, run.stdout
