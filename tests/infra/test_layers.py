"""What is in layers of third-party packages: pinned, tested, stripped, and nothing that was changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.packaging import contents, requirements
from infra.packaging.contents import ROOT
from infra.packaging.errors import PackagingError
from infra.packaging.requirements import pinned
from infra.packaging.targets import here

HERE = here()


def pins(layer: str) -> dict[str, str]:
    """Versions by name in a layer's requirements."""
    return dict(pinned(ROOT / contents.requirements_file(layer)))


def test_layers_hold_the_versions_that_are_tested_here() -> None:
    tested = dict(pinned(ROOT / "requirements.lock"))
    for layer in contents.third_party_layers():
        assert pins(layer).items() <= tested.items(), layer


def test_every_layer_has_what_it_asks_for_with_hashes_and_names_no_download_host() -> None:
    for layer in contents.third_party_layers():
        wanted = (ROOT / "layers" / layer / "requirements.in").read_text().splitlines()
        names = {line.split("[")[0] for line in wanted if line and not line.startswith("#")}
        text = (ROOT / contents.requirements_file(layer)).read_text()
        assert names <= set(pins(layer)), layer
        assert text.count("--hash=sha256:") >= len(pins(layer))
        assert "://" not in text


def test_no_layer_repeats_what_the_core_layer_brings() -> None:
    for layer in contents.third_party_layers():
        if layer != "core":
            assert not set(pins("core")) & set(pins(layer)), layer


def test_what_only_tests_and_the_local_system_need_is_in_no_layer() -> None:
    local = {"aws-cdk-lib", "awslambdaric", "boto3", "httpx", "moto", "pytest", "uvicorn", "watchfiles"}
    for layer in contents.third_party_layers():
        assert not local & set(pins(layer)), layer


def test_an_installed_package_that_was_changed_by_hand_is_not_packaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / "thing").mkdir(parents=True)
    (site / "thing" / "__init__.py").write_text("changed = True\n")
    (site / "thing-1.0.dist-info").mkdir()
    (site / "thing-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n")
    empty = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    (site / "thing-1.0.dist-info" / "RECORD").write_text(f"thing/__init__.py,sha256={empty},0\n")
    monkeypatch.syspath_prepend(site)
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("thing==1.0\n")
    with pytest.raises(PackagingError, match="has been changed"):
        requirements.install(wanted, tmp_path / "layer", HERE)
    (site / "thing" / "__init__.py").write_text("")
    requirements.install(wanted, tmp_path / "layer", HERE)
    assert (tmp_path / "layer" / "thing" / "__init__.py").exists()


@pytest.mark.parametrize("pin", ["thing-that-is-nowhere==1.0", "pydantic==0.1"])
def test_a_package_that_is_not_installed_as_pinned_is_an_error_that_says_what_to_do(tmp_path: Path, pin: str) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(f"{pin}\n")
    with pytest.raises(PackagingError, match="make setup"):
        requirements.install(wanted, tmp_path / "layer", HERE)


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
        "thing-1.dist-info/uv_cache.json",
        "bin/thing",
        "thing/__pycache__/old.pyc",
        ".lock",
    ]
    for name in kept + removed:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    requirements.strip(tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
