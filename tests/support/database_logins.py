"""Which role the code under test logs in to the database as: that of its context, as when it is deployed.

Functions of all contexts share this process and its one connection. A test of `tests/integration/<context>/` starts as
that context; `LambdaClient` and `triggers` log in as the context of the function that they call.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from infra.database_roles import OWNER, context_role, login_roles, roles_by_function
from shared import settings
from shared.clients import database

INTEGRATION = Path(__file__).parents[1] / "integration"

_functions: dict[Any, str] = {}
"""By entry point: `context.handler`."""


def login(database_url: str, role: str) -> str:
    """The URL with another role."""
    parts = urlsplit(database_url)
    user, separator, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{role}@{host}")) if separator and user in login_roles() else database_url


def role_of_tests(file: Path) -> str:
    """Whom the code is to log in as when the tests of a file begin."""
    context = file.relative_to(INTEGRATION).parts[0] if file.is_relative_to(INTEGRATION) else ""
    role = context_role(context)
    return role if role in login_roles() else OWNER


def log_in(role: str) -> None:
    """Let the next statement of the code under test be one of `role`."""
    present = os.environ.get("DATABASE_URL", "")
    wanted = login(present, role)
    if wanted != present:
        os.environ["DATABASE_URL"] = wanted
        settings.reset()
        database.close()


@contextmanager
def logged_in(context: str) -> Iterator[None]:
    """Be a context for the block, or for the function that this decorates: for tests that need a neighbour's doing."""
    before = os.environ["DATABASE_URL"]
    log_in(context_role(context))
    try:
        yield
    finally:
        log_in(urlsplit(before).username or OWNER)


def log_in_for(handler: Any) -> None:
    """Log in as the role of the function whose entry point this is; one that a test made itself goes on as before."""
    if handler not in _functions:
        for name, module in list(sys.modules.items()):
            if name.startswith("functions.") and getattr(module, "handler", None) is handler:
                _, context, _, file = name.split(".")
                _functions[handler] = f"{context}.{file}"
    if handler in _functions:
        log_in(roles_by_function()[_functions[handler]])
