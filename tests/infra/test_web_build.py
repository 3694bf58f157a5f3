"""Pages are built when what they are made from has changed, and only then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra import web_build


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with an `npm` that writes down what it is asked for."""
    web = tmp_path / "web"
    (web / "src").mkdir(parents=True)
    (web / "package.json").write_text("{}")
    (web / "package-lock.json").write_text(json.dumps({"version": 1}))
    (web / "src" / "page.ts").write_text("1")
    tools = tmp_path / "tools"
    tools.mkdir()
    npm = tools / "npm"
    npm.write_text(
        f'#!/bin/sh\necho "$1 NODE_ENV=$NODE_ENV" >> {tmp_path}/asked\nmkdir -p node_modules ../build/web/site\n'
        f'[ ! -e {tmp_path}/broken ] || {{ echo "page.ts: unexpected end"; exit 1; }}\n'
    )
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("NODE_ENV", "development")
    return tmp_path


def asked(checkout: Path) -> list[str]:
    file = checkout / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def test_the_first_build_installs_and_the_next_one_has_nothing_to_do(checkout: Path) -> None:
    assert web_build.build(checkout)
    # With a NODE_ENV of its own, Vite would build for development.
    assert asked(checkout) == ["ci NODE_ENV=", "run NODE_ENV="]
    assert not web_build.build(checkout)
    assert asked(checkout) == []


def test_a_changed_page_is_built_and_a_changed_lock_installed_first(checkout: Path) -> None:
    web_build.build(checkout)
    asked(checkout)
    (checkout / "web" / "src" / "page.ts").write_text("2")
    assert not web_build.is_built(checkout)
    assert web_build.build(checkout)
    assert asked(checkout) == ["run NODE_ENV="]
    (checkout / "web" / "package-lock.json").write_text(json.dumps({"version": 2}))
    assert web_build.build(checkout)
    assert asked(checkout) == ["ci NODE_ENV=", "run NODE_ENV="]


def test_browser_tests_are_installed_apart(checkout: Path) -> None:
    (checkout / "web" / "e2e").mkdir()
    (checkout / "web" / "e2e" / "package-lock.json").write_text("{}")
    web_build.install_browser_tests(checkout)
    assert asked(checkout) == ["ci NODE_ENV="]
    assert (checkout / "web" / "e2e" / "node_modules").exists()
    web_build.install_browser_tests(checkout)
    assert asked(checkout) == []
    assert not (checkout / "web" / "node_modules").exists()


@pytest.mark.parametrize(
    "name",
    [
        "node_modules/react/index.js",
        "packages/api/src/schema.d.ts",
        "coverage/index.html",
        "e2e/journeys/buying.spec.ts",
    ],
)
def test_what_is_installed_or_made_is_no_source(checkout: Path, name: str) -> None:
    web_build.build(checkout)
    file = checkout / "web" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x")
    assert web_build.is_built(checkout)


def test_a_build_that_fails_says_why_and_is_tried_again(checkout: Path) -> None:
    (checkout / "broken").touch()
    with pytest.raises(web_build.WebBuildError, match=r"page\.ts: unexpected end"):
        web_build.build(checkout)
    assert not web_build.is_built(checkout)
    (checkout / "broken").unlink()
    assert web_build.build(checkout)
