"""Packages: what they hold, that they start fast, and that they are the same on every machine."""

from __future__ import annotations

import importlib.util
import json
import marshal
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import CodeType

import pytest

from infra.openapi import document
from infra.packaging import archives, contents
from infra.packaging.build import Build, archive_of, build
from infra.packaging.bytecode import compile_bytecode, compiler, uncompiled_warning
from infra.packaging.contents import LAYERS_OF, ROOT, Package, digest, package_of, packages, sources
from infra.packaging.errors import PackagingError
from infra.packaging.report import LIMIT, size_table, unzipped
from infra.packaging.targets import AWS, Target, here

HERE = here()
SHARED = Package("layers", "shared")
OPERATIONS = package_of("operations.api")
ORDERING = package_of("ordering.api")
CATALOG = package_of("catalog.api")

# PEP 552: a hash-based file that is never checked against its source has these flags.
UNCHECKED_HASH = 0b01


def copied(folder: Path) -> Path:
    """The sources of this project at another place, with other dates."""
    for name in ("functions", "shared", "layers", "infra"):
        ignored = shutil.ignore_patterns("__pycache__", "local")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored, copy_function=shutil.copyfile)
    shutil.copytree(ROOT / "web/site", folder / "web/site", copy_function=shutil.copyfile)
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """With the OpenAPI document, which fits until the copy is changed: making it takes seconds."""
    made = document.write()
    folder = copied(tmp_path / "copy")
    shutil.copytree(made.parent, folder / "build", ignore=lambda _, names: {n for n in names if "openapi" not in n})
    return folder


@pytest.fixture(scope="session")
def made() -> Build:
    """Every package for this machine, made whenever somebody last needed it made."""
    return build(HERE)


def compiled(source: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(source)))


def names_in(code: CodeType) -> set[str]:
    """The file names in a module's code and in the code of everything defined in it."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return {code.co_filename}.union(*(names_in(constant) for constant in inner))


def test_a_function_s_package_holds_its_own_context_only() -> None:
    files = sources(OPERATIONS)
    assert Path("functions/operations/handlers/api.py") in files
    assert {path.parts[:2] for path in files} == {("functions", "__init__.py"), ("functions", "operations")}


def test_only_the_migration_function_brings_migrations_and_models() -> None:
    migration = sources(package_of("operations.migrate"))
    assert Path("shared/migrations/runner.py") in migration
    assert Path("shared/tables/base.py") in migration
    assert Path("shared/settings.py") in migration
    assert not [path for path in sources(SHARED) if {"migrations", "tables", "models", "models.py"} & set(path.parts)]
    assert Path("shared/settings.py") in sources(SHARED)


def test_every_handler_file_is_a_function_in_a_package_and_every_layer_is_used() -> None:
    handlers = {
        f"{path.parts[-3]}.{path.stem}" for path in ROOT.glob("functions/*/handlers/*.py") if path.stem != "__init__"
    }
    assert handlers == set(LAYERS_OF)
    used = {layer for layers in LAYERS_OF.values() for layer in layers}
    assert used == {*contents.third_party_layers(), "shared"}


def test_no_package_holds_what_a_run_left_behind(copy: Path) -> None:
    compile_bytecode(copy / "functions", "/x", HERE)
    for package in packages():
        files = sources(package, copy)
        assert not [path for path in files if path.suffix == ".pyc" or "__pycache__" in path.parts]


def test_the_same_sources_have_the_same_hash_wherever_they_are(copy: Path) -> None:
    for package in packages():
        assert digest(package, HERE, copy) == digest(package, HERE)


@pytest.mark.parametrize("change", ["contents", "name", "python", "architecture"])
def test_another_source_or_target_has_another_hash(copy: Path, change: str) -> None:
    before = digest(SHARED, AWS, copy)
    target = AWS
    if change == "contents":
        (copy / "shared" / "settings.py").write_text("other = True\n")
    elif change == "name":
        (copy / "shared" / "settings.py").rename(copy / "shared" / "configuration.py")
    elif change == "python":
        target = replace(AWS, python="3.12")
    else:
        target = replace(AWS, architecture="x86_64")
    assert digest(SHARED, target, copy) != before


def test_the_package_that_serves_the_openapi_document_holds_it(made: Build) -> None:
    assert (made.path(OPERATIONS) / "functions" / "operations" / "openapi.json").read_bytes() == document.read()


def test_the_package_that_tells_legal_texts_holds_the_operators_files(made: Build) -> None:
    folder = made.path(ORDERING) / "functions" / "ordering" / "legal_texts"
    packed = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert packed == {path.name: path.read_bytes() for path in (ROOT / "web/site/legal").glob("*.md")}
    assert len(packed) > 1


def test_a_schema_of_any_context_changes_the_package_that_serves_the_openapi_document(copy: Path) -> None:
    before = {package: digest(package, HERE, copy) for package in packages()}
    schemas = copy / "functions" / "catalog" / "schemas" / "products.py"
    schemas.write_text(schemas.read_text().replace("    vendor: str\n", "    vendor: str\n    maker: str\n"))
    changed = {package for package in packages() if digest(package, HERE, copy) != before[package]}
    assert changed == {CATALOG, OPERATIONS}


def test_a_context_that_cannot_be_described_stops_the_packaging(copy: Path) -> None:
    (copy / "functions" / "identity" / "errors.py").write_text("raise RuntimeError('no errors today')\n")
    with pytest.raises(PackagingError, match=r"OpenAPI document could not be made: .*no errors today"):
        archive_of(OPERATIONS, HERE, copy / "packages", copy)


def test_two_builds_at_different_places_and_times_are_equal_to_the_byte(made: Build, tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy")
    again = build(HERE, copy / "elsewhere", copy)
    assert again.artefacts == made.artefacts
    for package, artefact in again.artefacts.items():
        assert archives.contents(again.path(package)).sha256 == artefact.sha256
        assert again.archive(package).read_bytes() == made.archive(package).read_bytes()


def test_a_package_is_made_again_only_when_something_in_it_has_changed(copy: Path) -> None:
    mine = [package for package in packages() if package.kind == "functions" or package == SHARED]

    def made_at() -> dict[Package, int]:
        return {package: archive_of(package, HERE, copy / "packages", copy).stat().st_mtime_ns for package in mine}

    before = made_at()
    with (copy / "functions" / "identity" / "errors.py").open("a") as errors:
        errors.write("changed = True\n")
    after = made_at()
    assert {package for package in mine if after[package] != before[package]} == {package_of("identity.api")}


@pytest.mark.parametrize("name", ["operations/functions/operations/errors.py", "operations.zip"])
def test_a_package_that_was_changed_or_lost_is_made_again(copy: Path, name: str) -> None:
    archive = archive_of(OPERATIONS, HERE, copy / "packages", copy)
    before = archive.read_bytes()
    changed = archive.parent / name
    changed.write_text("changed = True\n")
    assert archive_of(OPERATIONS, HERE, copy / "packages", copy).read_bytes() == before
    changed.unlink()
    assert archive_of(OPERATIONS, HERE, copy / "packages", copy).read_bytes() == before
    assert changed.exists()


def test_an_archive_holds_just_what_the_folder_holds_in_order_and_with_one_date(made: Build) -> None:
    for package in packages():
        folder = made.path(package)
        with zipfile.ZipFile(made.archive(package)) as archive:
            entries = archive.infolist()
        names = [entry.filename for entry in entries]
        assert names == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_every_module_has_bytecode_that_is_valid_whatever_the_date_of_its_source(made: Build) -> None:
    for package in packages():
        modules = sorted(made.path(package).rglob("*.py"))
        assert modules, package
        for module in modules:
            assert int.from_bytes(compiled(module).read_bytes()[4:8], "little") == UNCHECKED_HASH, module


def test_bytecode_names_the_place_where_lambda_unpacks_it_and_no_folder_of_this_machine(made: Build) -> None:
    for package in packages():
        place = "/var/task/" if package.kind == "functions" else "/opt/"
        for module in made.path(package).rglob("*.py"):
            code = marshal.loads(compiled(module).read_bytes()[16:])
            expected = place + module.relative_to(made.path(package)).as_posix()
            assert names_in(code) == {expected}, module


def test_modules_are_imported_from_bytecode_and_nothing_is_written(made: Build, tmp_path: Path) -> None:
    shutil.copytree(made.path(SHARED), tmp_path, dirs_exist_ok=True)
    money = tmp_path / "python" / "shared" / "money.py"
    money.write_text("raise RuntimeError('read from source')\n")
    before = archives.contents(tmp_path)
    program = "import shared.money, shared.events; print(shared.money.__cached__)"
    result = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path / "python",
        capture_output=True,
        text=True,
        check=True,
        env={
            "PYTHONPATH": os.pathsep.join(
                [str(tmp_path / "python"), str(made.path(Package("layers", "core")) / "python")]
            )
        },
    )
    assert str(tmp_path) in result.stdout
    assert archives.contents(tmp_path) == before


def test_cdk_deploys_the_very_archive_that_was_made(tmp_path: Path) -> None:
    from infra.constructs.code_asset import LocalBundling  # loads CDK

    assert LocalBundling(OPERATIONS).try_bundle(str(tmp_path))
    [deployed] = tmp_path.iterdir()
    assert deployed.suffix == ".zip"
    assert deployed.read_bytes() == archive_of(OPERATIONS, AWS).read_bytes()


def test_a_source_that_cannot_be_compiled_stops_the_packaging(copy: Path) -> None:
    (copy / "shared" / "broken.py").write_text("def (\n")
    with pytest.raises(PackagingError, match="broken"):
        archive_of(SHARED, HERE, copy / "packages", copy)
    (copy / "shared" / "broken.py").unlink()
    assert archive_of(SHARED, HERE, copy / "packages", copy).exists()


def test_no_function_comes_near_what_lambda_takes_and_the_table_says_how_large_each_is(made: Build) -> None:
    table = size_table(made)
    for function in LAYERS_OF:
        assert unzipped(made, function) < (0.75 if function == "ordering.api" else 0.5) * LIMIT, function
        assert f"{function} " in table


def test_the_manifest_names_every_package_s_hash_and_every_function_s_packages(made: Build) -> None:
    manifest = json.loads((made.folder / "manifest.json").read_text())
    assert set(manifest["packages"]) == {str(package) for package in packages()}
    for name, entry in manifest["packages"].items():
        kind, _, package = name.partition("/")
        assert entry["sha256"] == archives.contents(made.folder / kind / package).sha256
    for function, entry in manifest["functions"].items():
        module = entry["handler"].removesuffix(".handler").replace(".", "/")
        assert (made.folder / entry["package"] / f"{module}.py").is_file(), function
        assert all((made.folder / layer / "python").is_dir() for layer in entry["layers"])


def test_the_interpreter_that_compiles_is_of_the_target_s_version() -> None:
    assert compiler(HERE.python) == sys.executable
    assert compiler("2.99") is None


def test_whoever_cannot_compile_is_told_how_to() -> None:
    assert uncompiled_warning(HERE) is None
    warning = uncompiled_warning(Target(python="2.99", architecture="arm64"))
    assert warning is not None
    assert "uv python install 2.99" in warning
