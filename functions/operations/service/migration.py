"""Moving the schema between revisions. Alembic comes with the migration function's package only."""

from __future__ import annotations

from typing import Any

from shared.clients import database


def run(action: str, revision: str | None) -> dict[str, Any]:
    """Do `action`; tells the revisions before and after, what of the history is not applied then, and whether the
    schema is of a newer version than this one.

    Raises ValueError for an unknown action and for a downgrade that names no revision ("base" for nothing at all).
    """
    from shared.migrations import runner

    url = database.address()
    match action:
        case "upgrade":
            before, after = runner.upgrade(url, revision or "head")
        case "downgrade":
            if not revision:
                raise ValueError("a downgrade names the revision to go back to")
            before, after = runner.downgrade(url, revision)
        case "status":
            before = after = runner.revision_of(url)
        case _:
            raise ValueError(f"unknown action {action!r}; known are upgrade, downgrade and status")
    history = list(runner.revisions())
    newer = after is not None and after not in history
    pending = [] if newer else history[history.index(after) + 1 :] if after else history
    return {"action": action, "before": before, "after": after, "pending": pending, "newer": newer}
