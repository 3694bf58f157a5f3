"""`python -m infra.lint_templates`: cfn-lint over the templates of every environment, and of production in two regions.

Templates are synthesized only when their sources have changed, and one that was in order is looked at again only when
it has changed. cfn-lint knows the resource types of its own version, and asks no network.
"""

import dataclasses
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Final

from infra.assemblies import ROOT
from infra.checked_templates import checked_templates
from infra.environments import DEV, PROD, STAGING

ENVIRONMENTS: Final = (DEV, STAGING, PROD, dataclasses.replace(PROD, second_region="ap-northeast-1"))

IGNORED: Final = {
    "W3005": "the construct library says DependsOn once more where a reference says it already",
}
IN_ORDER: Final = ROOT / "build" / "linted-templates"
_PROCESSES: Final = 2


@dataclass(frozen=True)
class Stack:
    """A template with its region; `digest` is of the template, the linter's version and what it is to ignore."""

    template: Path
    region: str

    @property
    def digest(self) -> str:
        rules = f"{version('cfn-lint')} {sorted(IGNORED)} {self.region}"
        return hashlib.sha256(rules.encode() + self.template.read_bytes()).hexdigest()


def stacks(folder: Path) -> list[Stack]:
    """Every stack of a cloud assembly."""
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"].values()
    return [
        Stack(folder / artifact["properties"]["templateFile"], artifact["environment"].rpartition("/")[2])
        for artifact in artifacts
        if artifact["type"] == "aws:cloudformation:stack"
    ]


def lint(all_stacks: Iterable[Stack], known: Path = IN_ORDER) -> list[str]:
    """What is wrong, a line each. Digests of what is in order are kept in the file `known`, and not looked at again.

    Raises RuntimeError when cfn-lint itself fails.
    """
    before = set(known.read_text().split()) if known.exists() else set()
    by_digest = {
        stack.digest: stack for stack in all_stacks
    }  # stacks that a second region leaves as they are count once
    new = [stack for digest, stack in by_digest.items() if digest not in before]
    shares = [
        (region, share)
        for region in sorted({stack.region for stack in new})
        for start in range(_PROCESSES)
        if (share := [stack.template for stack in new if stack.region == region][start::_PROCESSES])
    ]
    with ThreadPoolExecutor(_PROCESSES) as executor:
        found = list(chain.from_iterable(executor.map(lambda share: _findings(*share), shares)))
    wrong = {Path(finding["Filename"]) for finding in found}
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text("\n".join(sorted(digest for digest, stack in by_digest.items() if stack.template not in wrong)))
    return [_line(finding) for finding in found]


def _findings(region: str, templates: list[Path]) -> list[dict[str, Any]]:
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--format", "json", "--non-zero-exit-code", "none"]
    options = ["--regions", region, "--ignore-checks", *IGNORED, "--"]
    result = subprocess.run([*command, *options, *map(str, templates)], capture_output=True, text=True, check=False)
    if result.returncode != 0 or result.stderr.strip():
        raise RuntimeError(f"cfn-lint failed: {result.stderr.strip() or result.stdout.strip()}")
    findings: list[dict[str, Any]] = json.loads(result.stdout or "[]")
    return findings


def _line(finding: dict[str, Any]) -> str:
    place = "/".join(map(str, finding["Location"].get("Path") or ()))
    return f"{Path(finding['Filename']).name}: {finding['Rule']['Id']} {place}: {finding['Message']}"


def main() -> int:
    """Gives the exit status: 1 where anything was found."""
    found: list[Stack] = []
    for environment in ENVIRONMENTS:
        with checked_templates(environment) as folder:
            found += stacks(folder)
    wrong = lint(found)
    print("".join(f"{line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
