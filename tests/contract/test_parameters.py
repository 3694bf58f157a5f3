"""Parameters of all routes: one that takes a slug takes each normal form of it, as programs and keyboards differ in how
they write é; one that there is not is refused.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy.orm import Session

from infra.openapi.applications import application, context_names
from shared.web.query import refuse_unknown
from tests.contract.applications import entry_point
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient

SLUG = "plateau-en-érable-한지"


def slugs() -> list[tuple[str, str, str, str]]:
    """Context, path, name and place of each parameter that is described as a slug, of what guests may read."""
    return [
        (context, path, parameter["name"], parameter["in"])
        for context in context_names()
        for path, item in application(context).openapi()["paths"].items()
        if "/admin/" not in path
        for parameter in item.get("get", {}).get("parameters", ())
        if "slug" in parameter.get("description", "").lower()
    ]


def test_there_are_parameters_that_take_slugs() -> None:
    assert {(path, name) for _, path, name, _ in slugs()} >= {
        ("/api/v1/products/{product_id}", "product_id"),
        ("/api/v1/products/{product_id}/reviews", "product_id"),
        ("/api/v1/products/{product_id}/recommendations", "product_id"),
        ("/api/v1/recommendations/products", "product"),
        ("/api/v1/products", "category"),
        ("/api/v1/products/search", "category"),
    }


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_slug_is_found_in_every_normal_form(form: str, db: Session, environment: None, aws: object) -> None:
    category = catalog.category(db, "Trays")
    tray = catalog.product(db, "Tray", category=category)
    category.slug = tray.slug = SLUG
    db.commit()
    written = unicodedata.normalize(form, SLUG)
    for context, path, name, place in slugs():
        query = {} if place == "path" else {name: written}
        if path.endswith("/search"):
            query["q"] = "tray"
        reply = LambdaClient(entry_point(context)).get(path.replace(f"{{{name}}}", quote(written)), query=query)
        assert reply.status == 200, (path, reply.body)
        if name == "category" and not path.endswith("/search"):
            assert [item["slug"] for item in reply.json()["items"]] == [SLUG]


def test_every_route_refuses_parameters_that_it_does_not_have() -> None:
    refusing = {
        (context, route.path_format): refuse_unknown in [each.call for each in route.dependant.dependencies]
        for context in context_names()
        for route in iter_route_contexts(application(context).routes)
        if isinstance(route.original_route, APIRoute)
    }
    assert len(refusing) > 80
    assert [path for (_, path), refuses in refusing.items() if not refuses] == []
