"""Which Python compiles packages: what may not be read or run on somebody's machine is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import aws_cdk as cdk
import pytest

from infra import app
from infra.environments import DEV, PROD, STAGING, Environment
from infra.packaging import bytecode
from infra.packaging.targets import here

VERSION = here().python


@pytest.fixture
def nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Neither the PATH nor uv knows an interpreter; the folder is pyenv's."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(bytecode, "find_uv_bin", lambda: "/bin/true")
    root = tmp_path / "pyenv"
    monkeypatch.setenv("PYENV_ROOT", str(root))
    return root


def install(root: Path, name: str, program: str, mode: int = 0o755) -> Path:
    python = root / "versions" / name / "bin" / "python2.99"
    python.parent.mkdir(parents=True)
    python.write_text(program)
    python.chmod(mode)
    return python


def test_one_of_pyenv_is_found_behind_others_that_do_not_run(nowhere_else: Path) -> None:
    install(nowhere_else, "2.99.1", "", mode=0o644)
    install(nowhere_else, "2.99.2", "#!/no/such/interpreter\n")
    install(nowhere_else, "2.99.3", "#!/bin/sh\nexit 127\n")
    right = install(nowhere_else, "2.99.4", "#!/bin/sh\necho 2.99\n")
    bytecode.compiler.cache_clear()
    assert bytecode.compiler("2.99") == str(right)


@pytest.mark.parametrize("root", ["/" + "x" * 5_000, "/dev/null", "/proc/1/root/none", "bad\udcffname"])
def test_a_folder_of_pyenv_that_cannot_be_read_is_as_good_as_none(
    nowhere_else: Path, monkeypatch: pytest.MonkeyPatch, root: str
) -> None:
    monkeypatch.setenv("PYENV_ROOT", root)
    bytecode.compiler.cache_clear()
    assert bytecode.compiler("2.99") is None


def test_a_folder_of_pyenv_that_others_keep_from_us_is_as_good_as_none(nowhere_else: Path) -> None:
    """As an ordinary user, whom permissions bind."""
    install(nowhere_else, "2.99.1", "#!/bin/sh\necho 2.99\n")
    (nowhere_else / "versions").chmod(0)
    child = os.fork()
    if child == 0:  # what happens in it ends with it
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65_534)
                os.setuid(65_534)
            os._exit(0 if list(bytecode._of_pyenv("2.99")) == [] else 1)
        finally:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    (nowhere_else / "versions").chmod(0o755)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize(("environment", "level"), [(DEV, "warning"), (STAGING, "warning"), (PROD, "error")])
def test_packages_without_bytecode_are_not_deployed_to_production(
    environment: Environment, level: str, tmp_path: Path
) -> None:
    made = app.make_app(tmp_path)
    cdk.Stack(made, "Shop")
    app.tell_uncompiled(made, environment, "No Python 3.13 was found")
    [entry] = [entry for entry in made.node.metadata if entry.type.startswith("aws:cdk:")]
    assert entry.type == f"aws:cdk:{level}"
    assert "No Python 3.13" in entry.data
