"""The way in: what `make` tells before it installs anything, and that the lock is all that either installer needs."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from infra.packaging.requirements import pinned

ROOT = Path(__file__).resolve().parents[3]


def preflight(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run as `make` does where nothing is installed yet: without any third-party package (`-S`)."""
    environment = {"PATH": "/usr/bin:/bin", **variables}
    return subprocess.run(
        [sys.executable, "-S", "-m", "infra.local.host.preflight", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """A folder with a Node.js that says its version."""
    folder = tmp_path / "node"
    folder.mkdir()
    for name in ("node", "npx"):
        (folder / name).write_text("#!/bin/sh\necho ${VERSION:-v22.11.0}\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_taken_port_is_told_before_anything_is_installed(node: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = preflight("run", PATH=f"{node}:/bin", PORT=port, SHARESTACK_HOME=str(tmp_path / "home"))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"Port {port} cannot be used" in refused.stderr
    assert preflight("run", PATH=f"{node}:/bin", PORT=port, SHARESTACK_HOME=str(tmp_path / "home")).returncode == 0


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"PORT": "eighty"}, "PORT must be a whole number"),
        ({"SHARESTACK_HOME": "/dev/null/home"}, "cannot be written"),
    ],
)
def test_what_make_run_cannot_start_with_is_told_at_once(node: Path, variables: dict[str, str], said: str) -> None:
    refused = preflight("run", PATH=f"{node}:/bin", **variables)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert said in refused.stderr
    assert preflight(PATH=f"{node}:/bin", **variables).returncode == 0, "other commands need no port"


@pytest.mark.parametrize("version", ["v18.20.8", "v20.19.0", "v22.11.0", "v24.4.1", "v26.0.0"])
def test_every_node_that_works_is_taken(node: Path, version: str) -> None:
    assert preflight(PATH=f"{node}:/bin", VERSION=version).returncode == 0


@pytest.mark.parametrize("version", ["v16.20.2", "v14.21.3", "", "what"])
def test_a_node_that_fails_later_is_refused(node: Path, version: str) -> None:
    refused = preflight(PATH=f"{node}:/bin", VERSION=version or " ")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "needs Node.js 22 or 24 (20.19 still works)" in refused.stderr


def recipe(target: str) -> str:
    """What `make` would run for a target in a fresh clone."""
    made = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout


def test_make_looks_before_it_installs() -> None:
    said = recipe("run")
    assert 0 <= said.index("infra.local.host.preflight run") < said.index("-m venv") < said.index("npm ci")


def test_uv_and_node_trust_what_the_system_trusts() -> None:
    made = subprocess.run(
        ["make", "--print-data-base", "--dry-run", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name, value in (("UV_SYSTEM_CERTS", "true"), ("NODE_USE_SYSTEM_CA", "1")):
        assert re.search(rf"^{name} \??= {value}$", made.stdout, re.MULTILINE), name
    uv = subprocess.run(
        [str(Path(sys.executable).with_name("uv")), "pip", "sync", "--help"], capture_output=True, check=True
    )
    assert b"UV_SYSTEM_CERTS" in uv.stdout, "the uv that is pinned knows the variable"


def test_pip_takes_the_lock_as_it_stands_where_uv_cannot() -> None:
    """It is complete, so nothing is resolved; pip would want `coverage[toml]` and such, which a lock spells without."""
    [fallback] = [
        line
        for line in recipe(".venv/.installed").splitlines()
        if "pip install" in line and "requirements.lock" in line
    ]
    assert "--require-hashes" in fallback
    assert "--no-deps" in fallback


def wanted() -> Iterator[Requirement]:
    """What the project asks for by itself, with what its groups include."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    yield from map(Requirement, project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        yield from (Requirement(entry) for entry in group if isinstance(entry, str))


def test_the_lock_holds_all_that_its_packages_ask_for_extras_included() -> None:
    """From what the project asks for through everything that the installed packages say of themselves."""
    versions = {canonicalize_name(name): version for name, version in pinned(ROOT / "requirements.lock")}
    waiting = [(requirement, "pyproject.toml") for requirement in wanted()]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, asking = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{asking} asks for {requirement}, which is not in the lock"
        assert requirement.specifier.contains(versions[name], prereleases=True), f"{asking}: {requirement}"
        for extra in ("", *requirement.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                needs = map(Requirement, distribution(name).requires or ())
                waiting += [
                    (need, name) for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})
                ]
    assert ("coverage", "toml") in seen, "so that extras are followed"
    assert len({name for name, _ in seen}) > 100
