"""How many SQL statements each route may send, a module for each context; `test_statement_budgets.py` holds them to it.

What is counted is one warm request about what the authorization matrix arranges, with the outbox it leaves behind. What
a process reads once (keys) is not counted, nor are BEGIN and COMMIT.
"""

from __future__ import annotations

import importlib
import pkgutil


def budgets() -> dict[str, int]:
    """By method and path of the route."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return {route: number for module in modules for route, number in module.BUDGETS.items()}
