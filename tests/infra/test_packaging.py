"""Packages: what they hold, that they start fast, and that they are the same on every machine."""

from __future__ import annotations

import importlib.util
import marshal
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra import packaging
from infra.packaging import Target

HERE = Target(python=f"{sys.version_info.major}.{sys.version_info.minor}", platform="linux")

# PEP 552: a hash-based file that is never checked against its source has these flags.
UNCHECKED_HASH = 0b01


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of this project at another place."""
    for name in ("functions", "shared", "layers", "infra"):
        ignored = shutil.ignore_patterns("__pycache__", "local")
        shutil.copytree(packaging.ROOT / name, tmp_path / name, ignore=ignored)
    monkeypatch.setattr(packaging, "ROOT", tmp_path)
    monkeypatch.setattr(packaging, "__file__", str(tmp_path / "infra" / "packaging.py"))
    return tmp_path


def test_a_function_s_package_holds_its_own_context_only() -> None:
    files = packaging.function_files("operations")
    assert Path("functions/operations/handlers/api.py") in files
    assert {path.parts[:2] for path in files} == {("functions", "__init__.py"), ("functions", "operations")}


def test_only_the_migration_function_brings_migrations_and_models() -> None:
    migration = packaging.function_files("operations", migrations=True)
    assert Path("shared/migrations/runner.py") in migration
    assert Path("shared/models/base.py") in migration
    assert Path("shared/settings.py") in migration
    assert not [path for path in packaging.shared_files() if path.parts[1] in ("migrations", "models")]
    assert Path("shared/settings.py") in packaging.shared_files()


def test_no_package_holds_what_a_run_left_behind() -> None:
    for files in (packaging.function_files("operations", migrations=True), packaging.shared_files()):
        assert not [path for path in files if path.suffix == ".pyc" or "__pycache__" in path.parts]


def test_the_same_sources_have_the_same_hash_wherever_they_are(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = packaging.digest(packaging.shared_files(), HERE)
    again = copy / "elsewhere"
    again.mkdir()
    for name in ("functions", "shared", "layers", "infra"):
        shutil.copytree(copy / name, again / name)
    monkeypatch.setattr(packaging, "ROOT", again)
    monkeypatch.setattr(packaging, "__file__", str(again / "infra" / "packaging.py"))
    assert packaging.digest(packaging.shared_files(), HERE) == there


@pytest.mark.parametrize("change", ["contents", "name", "python"])
def test_another_source_or_target_has_another_hash(copy: Path, change: str) -> None:
    before = packaging.digest(packaging.shared_files(), HERE)
    target = HERE
    if change == "contents":
        (copy / "shared" / "settings.py").write_text("other = True\n")
    elif change == "name":
        (copy / "shared" / "settings.py").rename(copy / "shared" / "configuration.py")
    else:
        target = Target(python=HERE.python, platform="elsewhere")
    assert packaging.digest(packaging.shared_files(), target) != before


def test_a_file_that_vanishes_while_packages_are_hashed_does_no_harm(copy: Path) -> None:
    files = packaging.shared_files()
    (copy / files[-1]).unlink()
    assert packaging.digest(files, HERE)


def test_all_bytecode_is_valid_whatever_the_date_of_its_source(tmp_path: Path) -> None:
    packaging.package_sources(packaging.shared_files(), tmp_path, HERE)
    sources = sorted(tmp_path.rglob("*.py"))
    assert sources
    for source in sources:
        compiled = Path(importlib.util.cache_from_source(str(source)))
        assert int.from_bytes(compiled.read_bytes()[4:8], "little") == UNCHECKED_HASH, source


def test_bytecode_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    packaging.package_sources(packaging.function_files("operations"), tmp_path, HERE)
    source = tmp_path / "functions" / "operations" / "__init__.py"
    code = marshal.loads(Path(importlib.util.cache_from_source(str(source))).read_bytes()[16:])
    assert code.co_filename == "/functions/operations/__init__.py"


def test_two_packages_of_the_same_sources_are_equal_to_the_byte(tmp_path: Path) -> None:
    def packaged(folder: Path) -> dict[Path, bytes]:
        packaging.package_sources(packaging.shared_files(), folder, HERE)
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert packaged(tmp_path / "first") == packaged(tmp_path / "second")


def test_a_packaged_module_is_imported_from_its_bytecode(tmp_path: Path) -> None:
    packaging.package_sources(packaging.shared_files(), tmp_path, HERE)
    (tmp_path / "shared" / "money.py").write_text("raise RuntimeError('read from source')\n")
    program = "import shared.money as m; print(m.__cached__)"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True, env={}
    )
    assert str(tmp_path) in result.stdout


def test_a_source_that_cannot_be_compiled_stops_the_packaging(copy: Path) -> None:
    (copy / "shared" / "broken.py").write_text("def (\n")
    with pytest.raises(packaging.PackagingError, match="broken"):
        packaging.package_sources(packaging.shared_files(), copy / "package", HERE)


def test_stripping_removes_what_nothing_reads_at_run_time(tmp_path: Path) -> None:
    kept = [
        "thing/__init__.py",
        "thing/data.json",
        "thing/bin/data",
        "thing-1.dist-info/METADATA",
        "thing-1.dist-info/entry_points.txt",
    ]
    removed = [
        "thing/tests/test_thing.py",
        "thing/types.pyi",
        "thing/fast.c",
        "thing-1.dist-info/RECORD",
        "thing-1.dist-info/WHEEL",
        "bin/thing",
        "thing/__pycache__/old.pyc",
        ".lock",
    ]
    for name in kept + removed:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    packaging.strip(tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)


def test_the_interpreter_that_compiles_is_of_the_target_s_version() -> None:
    assert packaging.compiler(HERE.python) == sys.executable
    assert packaging.compiler("2.99") is None


def pins(layer: str) -> dict[str, str]:
    """Versions by name in a layer's requirements."""
    return dict(packaging.pinned(packaging.ROOT / packaging.requirements_file(layer)))


def test_whoever_cannot_compile_is_told_how_to() -> None:
    assert packaging.uncompiled_warning(HERE) is None
    warning = packaging.uncompiled_warning(Target(python="2.99", platform="linux"))
    assert warning is not None
    assert "uv python install 2.99" in warning


def test_layers_hold_the_versions_that_are_tested_here() -> None:
    tested = dict(packaging.pinned(packaging.ROOT / "requirements.lock"))
    for layer in packaging.layer_names():
        assert pins(layer).items() <= tested.items(), layer


def test_every_layer_has_what_it_asks_for_with_hashes_and_names_no_download_host() -> None:
    for layer in packaging.layer_names():
        wanted = (packaging.ROOT / "layers" / layer / "requirements.in").read_text().splitlines()
        names = {line.split("[")[0] for line in wanted if line and not line.startswith("#")}
        text = (packaging.ROOT / packaging.requirements_file(layer)).read_text()
        assert names <= set(pins(layer)), layer
        assert text.count("--hash=sha256:") >= len(pins(layer))
        assert "://" not in text


def test_no_layer_repeats_what_the_core_layer_brings() -> None:
    for layer in packaging.layer_names():
        if layer != "core":
            assert not set(pins("core")) & set(pins(layer)), layer


def test_what_only_tests_and_the_local_system_need_is_in_no_layer() -> None:
    local = {"aws-cdk-lib", "awslambdaric", "boto3", "httpx", "moto", "pytest", "uvicorn", "watchfiles"}
    for layer in packaging.layer_names():
        assert not local & set(pins(layer)), layer
