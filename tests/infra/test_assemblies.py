"""Templates are synthesized again exactly when something has changed that they are made from."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest

from infra import assemblies
from infra.environments import DEV, Environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: an app, a manifest that imports the product, a handler, the local system, a lock file."""
    files = {
        "cdk.json": "{}",
        "infra/app.py": "from infra.stacks import shop",
        "infra/stacks/shop.py": "",
        "infra/local/aws/gateway.py": "",
        "functions/shop/manifest.py": "from shared.contexts.shop import events",
        "functions/shop/handlers/api.py": "",
        "shared/contexts/shop/events.py": "import shared.identifiers",
        "shared/identifiers.py": "",
        "shared/money.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "project"


class Synthesis:
    """Writes a template, and counts how often."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, environment: Environment, folder: Path) -> None:
        self.runs += 1
        folder.mkdir()
        (folder / "Shop.template.json").write_text(f"{self.runs}")


def template(folder: Path, synthesis: Synthesis, project: Path, environment: Environment = DEV) -> str:
    with assemblies.assembly(folder, environment, synthesis, project) as made:
        return (made / "Shop.template.json").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "build" / "dev"


def test_unchanged_sources_are_synthesized_once(folder: Path, project: Path) -> None:
    synthesis = Synthesis()
    assert [template(folder, synthesis, project) for _ in range(2)] == ["1", "1"]
    assert assemblies.is_current(folder, DEV, project)


@pytest.mark.parametrize(
    "changed",
    [
        "cdk.json",
        "infra/stacks/shop.py",
        "infra/prices.json",
        "functions/shop/manifest.py",
        "functions/another/manifest.py",
        "functions/shop/handlers/on_order_events.py",
        "shared/contexts/shop/events.py",
        "shared/identifiers.py",
    ],
)
def test_a_change_of_a_source_is_synthesized(folder: Path, project: Path, changed: str) -> None:
    synthesis = Synthesis()
    template(folder, synthesis, project)
    (project / changed).parent.mkdir(exist_ok=True)
    with (project / changed).open("a") as file:
        file.write("\nCHANGED = True\n")
    assert template(folder, synthesis, project) == "2"


@pytest.mark.parametrize("changed", ["infra/local/aws/gateway.py", "functions/shop/handlers/api.py", "shared/money.py"])
def test_a_change_of_anything_else_is_not(folder: Path, project: Path, changed: str) -> None:
    synthesis = Synthesis()
    template(folder, synthesis, project)
    (project / changed).write_text("CHANGED = True\n")
    assert template(folder, synthesis, project) == "1"


def test_another_environment_is_synthesized(folder: Path, project: Path) -> None:
    synthesis = Synthesis()
    template(folder, synthesis, project)
    assert template(folder, synthesis, project, dataclasses.replace(DEV, log_days=1)) == "2"


def test_whoever_comes_at_the_same_time_waits_for_the_one_synthesis(folder: Path, project: Path) -> None:
    synthesis = Synthesis()
    answers: list[str] = []
    together = threading.Barrier(4)

    def come() -> None:
        together.wait()
        answers.append(template(folder, synthesis, project))

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["1"] * 4


def test_a_synthesis_that_fails_leaves_the_former_templates(folder: Path, project: Path) -> None:
    template(folder, Synthesis(), project)
    (project / "cdk.json").write_text('{"app": ""}')

    def fail(environment: Environment, folder: Path) -> None:
        folder.mkdir()
        (folder / "Shop.template.json").write_text("half")
        raise RuntimeError("no such stack")

    with pytest.raises(RuntimeError, match="no such stack"), assemblies.assembly(folder, DEV, fail, project):
        pass
    assert (folder / "Shop.template.json").read_text() == "1"
    assert not assemblies.is_current(folder, DEV, project)


def test_the_real_fingerprint_covers_the_app_and_not_the_local_system() -> None:
    sources = {path.as_posix() for path in assemblies.sources()}
    assert {"cdk.json", "requirements.lock", "infra/app.py", "infra/environments.py"} <= sources
    assert not [path for path in sources if path.startswith("infra/local/")]
