"""What contexts publish is found by the name of its module, not registered."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Final

_CONTEXTS: Final = "shared.contexts"


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """Every context that has a `shared/contexts/<context>/<name>.py`, by name, with that module."""
    package = importlib.import_module(_CONTEXTS)
    for context in pkgutil.iter_modules(package.__path__):
        module = f"{_CONTEXTS}.{context.name}.{name}"
        if importlib.util.find_spec(module) is not None:
            yield context.name, importlib.import_module(module)
