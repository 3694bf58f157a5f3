"""The schema. Each context's tables are its `shared/contexts/<context>/models`; `everything()` is the whole."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy import MetaData


def everything() -> MetaData:
    """The metadata with the tables of the platform and of every context that has any (migrations, tests)."""
    from shared.tables import base, platform

    assert platform
    contexts = importlib.import_module("shared.contexts")  # found, not imported: the platform knows no context
    for module in pkgutil.walk_packages(contexts.__path__, f"{contexts.__name__}."):
        if "models" in module.name.split("."):
            importlib.import_module(module.name)
    return base.Base.metadata
