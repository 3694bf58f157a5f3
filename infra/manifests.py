"""The bounded contexts, found: every `functions/<context>/manifest.py`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from shared.manifest import Api, Function, Ingest, Manifest

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


@cache
def address_words() -> tuple[str, ...]:
    """Every word that an address of the API has, in alphabetical order: derived, so that it never lags behind."""
    paths = [
        path
        for _, _, function in functions()
        if isinstance(function, Api | Ingest)
        for path in (*function.paths, *(function.prefixes if isinstance(function, Api) else ()))
    ]
    words = {word for path in paths for word in path.split("/") if word and not word.startswith(("{", "."))}
    return tuple(sorted(words))
