"""Providers are found by their folder, and each is the simulator or the real service."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import simulators
from simulators.discovery import open_simulators, provider_names
from simulators.protocol import Simulator
from tests.support.loops import run

ADDRESS = "http://127.0.0.1:8000"
SECOND_PROVIDER = """
class Second:
    name = "second"
    title = "Second"
    mount = "/_local/second"
    application = None

    def secrets(self): return {"SECOND_SECRET_ARN": "{}"}
    def variables(self, address): return {"SECOND_API_BASE": address}
    def location(self, address): return address
    def credentials(self, address): return {}
    def resume(self): pass
    async def close(self): pass


def open_simulator(home, environment, address):
    return Second()
"""


def opened(home: Path, environment: Mapping[str, str]) -> dict[str, Simulator]:
    async def open_all() -> list[Simulator]:
        return open_simulators(home, environment, ADDRESS)

    return {simulator.name: simulator for simulator in run(open_all())}


def test_the_kit_is_no_provider() -> None:
    assert provider_names() == ["stripe"]


def test_a_folder_with_a_module_local_is_a_provider_without_any_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "__init__.py").touch()
    (tmp_path / "second" / "local.py").write_text(SECOND_PROVIDER)
    monkeypatch.setattr(simulators, "__path__", [*simulators.__path__, str(tmp_path)])

    try:
        assert opened(tmp_path, {})["second"].variables(ADDRESS) == {"SECOND_API_BASE": ADDRESS}
    finally:
        for name in ("simulators.second.local", "simulators.second"):
            sys.modules.pop(name, None)


def test_stripes_keys_survive_a_restart_and_reach_the_functions_secrets(tmp_path: Path) -> None:
    first = opened(tmp_path, {})["stripe"]
    run(first.close())
    second = opened(tmp_path, {})["stripe"]

    assert second.secrets() == first.secrets()
    assert json.loads(second.secrets()["STRIPE_SECRET_ARN"])["secret_key"].startswith("sk_test_")
    assert second.variables(ADDRESS)["STRIPE_API_BASE"] == second.credentials(ADDRESS)["api_base"]
    assert second.application is not None


def test_with_a_test_key_in_the_environment_the_real_stripe_is_used(tmp_path: Path) -> None:
    environment = {"STRIPE_SECRET_KEY": "sk_test_real", "STRIPE_WEBHOOK_SECRET": "whsec_real"}
    stripe = opened(tmp_path, environment)["stripe"]

    assert stripe.application is None
    assert stripe.variables(ADDRESS) == {}
    assert json.loads(stripe.secrets()["STRIPE_SECRET_ARN"])["secret_key"] == "sk_test_real"
    assert json.loads(stripe.secrets()["STRIPE_WEBHOOK_SECRET_ARN"]) == {"signing_secrets": ["whsec_real"]}
    assert list(tmp_path.iterdir()) == []
