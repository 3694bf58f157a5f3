"""The bounded contexts, found: every `functions/<context>/manifest.py`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from shared.manifest import Function, Manifest

ROOT: Final = Path(__file__).resolve().parents[1]


@cache
def manifests() -> Mapping[str, Manifest]:
    """By name of the context, in alphabetical order."""
    names = sorted(path.parent.name for path in ROOT.glob("functions/*/manifest.py"))
    return MappingProxyType({name: importlib.import_module(f"functions.{name}.manifest").MANIFEST for name in names})


def functions() -> Iterator[tuple[str, str, Function]]:
    """Every function there is: `context.handler`, its context, and what its manifest says of it."""
    for context, manifest in manifests().items():
        for function in manifest.functions:
            yield f"{context}.{function.name}", context, function
