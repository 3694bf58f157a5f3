"""Nothing is in a layer that nobody imports; a function sees its package, its layers and the runtime only."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infra.local.aws.code import CodeOf
from infra.packaging.build import build
from infra.packaging.contents import LAYERS_OF, Package, packages
from infra.packaging.targets import here
from tests.integration.packaged import test_community_functions, test_functions
from tests.integration.packaged.witnesses import NEVER_IMPORTED, RARELY_IMPORTED, WITNESSES

LAYERS = [package.name for package in packages() if package.kind == "layers"]
NOT_MODULES = (".dist-info", ".libs")


def held(layer: str) -> set[str]:
    """The top-level modules in a layer."""
    folder = build(here()).path(Package("layers", layer)) / "python"
    names = {path.name for path in folder.iterdir() if not path.name.endswith(NOT_MODULES)} - {"__pycache__"}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_of_a_layer_has_a_function_that_imports_it(layer: str) -> None:
    elsewhere = RARELY_IMPORTED | NEVER_IMPORTED
    assert held(layer) - set(elsewhere) == set(WITNESSES[layer])
    for module, function in WITNESSES[layer].items():
        assert layer in LAYERS_OF[function], module


def test_what_is_rarely_or_never_imported_has_a_test_and_is_still_in_a_layer() -> None:
    elsewhere = RARELY_IMPORTED | NEVER_IMPORTED
    assert set(elsewhere) <= {module for layer in LAYERS for module in held(layer)}
    written = {**vars(test_functions), **vars(test_community_functions)}
    assert [name for name in elsewhere.values() if name not in written] == []


@pytest.mark.parametrize("function", sorted(LAYERS_OF))
def test_every_packaged_function_is_sent_its_sample(function: str) -> None:
    sources = [path.read_text() for path in Path(__file__).parent.glob("test_*functions.py")]
    mails = f'mailed(functions, db, "{function.removeprefix("notifications.")}"'
    assert any(f'functions("{function}"' in source or mails in source for source in sources)


@pytest.mark.parametrize(
    ("function", "module"),
    [
        ("payments.receive_webhook", "psycopg"),
        ("payments.on_webhook", "fastapi"),
        ("catalog.api", "sqlalchemy"),
        ("catalog.api", "functions.identity"),
        ("operations.migrate", "pytest"),
        ("ordering.api", "infra"),
    ],
)
def test_a_function_cannot_import_what_is_not_in_its_package_or_layers(
    code: CodeOf, function: str, module: str
) -> None:
    where = code(function)
    result = subprocess.run(
        [*where.interpreter, "-c", f"import {module}"],
        cwd=where.folder,
        env=dict(where.variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ModuleNotFoundError" in result.stderr
