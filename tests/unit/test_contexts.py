"""Which tests `make test CONTEXT=...` runs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import contexts
from tests.contract.applications import Route


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ordering imports what catalog publishes; payments does so through what ordering publishes; media does not."""
    files = {
        "functions/catalog/handlers/api.py": "from shared.contexts.catalog import stock",
        "functions/ordering/handlers/api.py": "",
        "functions/ordering/service/orders.py": "def place():\n    from shared.contexts.catalog import stock",
        "functions/payments/handlers/api.py": "from shared.contexts.ordering.orders import mark_paid",
        "functions/media/handlers/api.py": "from shared import identifiers",
        "shared/identifiers.py": "",
        "shared/contexts/catalog/stock.py": "",
        "shared/contexts/ordering/orders.py": "import shared.contexts.catalog.stock",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_several_contexts_are_chosen_together(project: Path) -> None:
    assert contexts.chosen_contexts([], project) == frozenset()
    assert contexts.chosen_contexts(["media", "catalog"], project) == {"media", "catalog"}


def test_a_plus_adds_the_contexts_that_import_what_one_publishes(project: Path) -> None:
    assert contexts.chosen_contexts(["catalog+"], project) == {"catalog", "ordering", "payments"}
    assert contexts.chosen_contexts(["media+"], project) == {"media"}


@pytest.mark.parametrize("name", ["catalogue", "shared", "+"])
def test_an_unknown_name_is_refused_with_the_known_ones(project: Path, name: str) -> None:
    with pytest.raises(pytest.UsageError, match="known: catalog, media, ordering, payments"):
        contexts.chosen_contexts([name], project)


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("unit", None),
        ("unit/catalog", None),
        ("unit/catalog/test_texts.py", None),
        ("contract/test_routes.py", None),
        ("unit/shared", True),
        ("integration/ordering/test_carts.py", True),
        ("integration/test_migrations.py", True),
        ("e2e/test_shop.py", True),
        ("infra/test_data.py", True),
    ],
)
def test_folders_of_other_contexts_are_not_collected(path: str, ignored: bool | None) -> None:
    config = SimpleNamespace(getoption=lambda _: ["catalog"])
    assert contexts.pytest_ignore_collect(contexts.TESTS / path, config) is ignored


@pytest.mark.parametrize("route", [Route("catalog", "/api/v1/products", "GET")], ids=str)
def test_a_case_about_a_route_is_its_context_s(request: pytest.FixtureRequest, route: Route) -> None:
    assert contexts.context_of(request.node) == "catalog"


@pytest.mark.parametrize("function", ["payments.on_webhook"])
def test_a_case_about_a_function_is_its_context_s(request: pytest.FixtureRequest, function: str) -> None:
    assert contexts.context_of(request.node) == "payments"


@pytest.mark.parametrize("path", ["/api/v1/cart"])
def test_a_case_about_an_operation_of_the_document_is_its_route_s_context_s(
    request: pytest.FixtureRequest, path: str
) -> None:
    assert contexts.context_of(request.node) == "ordering"


def test_a_test_of_the_whole_system_belongs_to_no_context(request: pytest.FixtureRequest) -> None:
    assert contexts.context_of(request.node) is None
