"""Replaces the processes of functions whose code has changed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import PythonFilter, awatch

from infra.local.host.log import Log


async def reload_changed_code(root: Path, outdate: Callable[[set[str] | None], None], log: Log) -> None:
    """Watch ``functions/`` and ``shared/`` until cancelled; ``outdate`` takes the contexts that have changed."""
    folders = [folder for folder in (root / "functions", root / "shared") if folder.exists()]
    if not folders:
        return
    async for changes in awatch(*folders, watch_filter=PythonFilter(), rust_timeout=60_000, yield_on_timeout=True):
        if not changes:
            continue
        contexts = changed_contexts(root, (Path(path) for _, path in changes))
        outdate(contexts)
        log.note(f"code changed: {'every function' if contexts is None else ', '.join(sorted(contexts))} restarts")


def changed_contexts(root: Path, files: Iterable[Path]) -> set[str] | None:
    """The contexts whose functions the files belong to; None when they belong to all."""
    contexts = set()
    for file in files:
        parts = file.relative_to(root).parts
        if parts[0] != "functions" or len(parts) < 3:
            return None
        contexts.add(parts[1])
    return contexts
