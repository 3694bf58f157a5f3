"""Finds the providers: every package beside this module with a module `local`."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import simulators
from simulators.protocol import OpenSimulator, Simulator


def provider_names() -> list[str]:
    """The folder names of all providers, in alphabetical order."""
    packages = (module.name for module in pkgutil.iter_modules(simulators.__path__) if module.ispkg)
    return sorted(name for name in packages if find_spec(f"simulators.{name}.local"))


def open_simulators(home: Path, environment: Mapping[str, str], address: str) -> list[Simulator]:
    """Every provider with its data in `home`; must be called within the event loop.

    `address` is the gateway's. A provider whose credentials are in `environment` is the real service.
    """
    return [_opener(name)(home, environment, address) for name in provider_names()]


def _opener(name: str) -> OpenSimulator:
    opener: OpenSimulator = import_module(f"simulators.{name}.local").open_simulator
    return opener
