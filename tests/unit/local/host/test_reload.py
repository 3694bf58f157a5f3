"""Which functions start anew when a file changes."""

from pathlib import Path

import pytest

from infra.local.host.reload import changed_contexts

ROOT = Path("/checkout")


@pytest.mark.parametrize(
    ("files", "contexts"),
    [
        (["functions/catalog/service.py"], {"catalog"}),
        (["functions/catalog/handlers/api.py", "functions/orders/errors.py"], {"catalog", "orders"}),
        (["functions/catalog/service.py", "shared/events.py"], None),
        (["functions/__init__.py"], None),
    ],
)
def test_a_change_concerns_its_context_or_all(files: list[str], contexts: set[str] | None) -> None:
    assert changed_contexts(ROOT, [ROOT / file for file in files]) == contexts
