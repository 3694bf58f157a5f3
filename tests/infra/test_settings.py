"""Every variable that a function insists on is set by its stack: found by reading what the handler's file reaches."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from infra.assemblies import ROOT
from infra.imports import with_imported
from tests.infra.deployment import Deployment

# Set by Lambda itself (Lambda guide, "Defined runtime environment variables").
# With SnapStart, credentials come from the two addresses of the container instead.
SET_BY_LAMBDA = {
    "AWS_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def settings_fields(files: set[Path]) -> dict[str, set[str]]:
    """Names of the fields without default, by class, of the classes that describe settings; with inherited ones."""
    classes = {
        node.name: node
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Settings")
    }

    def fields(name: str) -> set[str]:
        own = {
            item.target.id
            for item in classes[name].body
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.value is None
        }
        bases = [base.id for base in classes[name].bases if isinstance(base, ast.Name) and base.id in classes]
        return own.union(*(fields(base) for base in bases))

    return {name: fields(name) for name in classes}


@cache
def required(start: Path) -> frozenset[str]:
    """Variables that the handler in `start` cannot do without."""
    files = with_imported([start], ROOT)
    classes = settings_fields(files)
    found: set[str] = set()
    for path in files:
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(func=ast.Attribute(attr="load") | ast.Name(id="load"), args=[ast.Name(id=name)]):
                    found |= {field.upper() for field in classes.get(name, ())}
                case ast.Call(func=ast.Attribute(attr="common")):
                    found |= {field.upper() for field in classes.get("Settings", ())}
                case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))):
                    found.add(name)
    return frozenset(found - SET_BY_LAMBDA)


def test_every_variable_that_a_handler_insists_on_is_set(deployed: Deployment) -> None:
    checked = 0
    for function in deployed.functions():
        path = ROOT.joinpath(*function.properties["Handler"].split(".")[:-1]).with_suffix(".py")
        missing = required(path) - set(function.properties["Environment"]["Variables"])
        assert not missing, f"{function}: {sorted(missing)}"
        checked += 1
    assert checked


def test_the_reader_sees_settings_and_plain_variables() -> None:
    """So that the test above cannot pass by seeing nothing."""
    assert {"DATABASE_URL", "EVENT_BUS_NAME", "IMPORTS_BUCKET"} <= required(
        ROOT / "functions/operations/handlers/api.py"
    )
    assert "WEBHOOK_QUEUE_URL" in required(ROOT / "functions/payments/handlers/receive_webhook.py")


def test_no_function_fetches_pictures_from_its_own_machine(deployed: Deployment) -> None:
    """The allowance is for local systems and tests (`PictureFetchSettings`)."""
    names = {name for f in deployed.functions() for name in f.properties["Environment"]["Variables"]}
    assert "MEDIA_BUCKET" in names
    assert "FETCH_LOOPBACK_PICTURES" not in names
