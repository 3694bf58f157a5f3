"""Who gets what from discovery: everybody recommendations, each their own."""

from __future__ import annotations

from tests.contract.authorization.matrix import NOT_FOUND, Request, Row, Stage, public
from tests.factories import catalog

WITH_PRODUCT = "/api/v1/products/{product_id}/recommendations"
FOR_CALLER = "/api/v1/recommendations/products"
SEARCH = "/api/v1/search"


def a_product(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db).id})


def a_product_not_on_sale(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db, is_active=False).id})


def a_product_to_go_with(stage: Stage) -> Request:
    return Request(query={"product": catalog.product(stage.db).slug})


def a_query(_: Stage) -> Request:
    return Request(query={"q": "pot"})


ROWS: list[Row] = [
    public("GET", WITH_PRODUCT, a_product),
    public("GET", WITH_PRODUCT, a_product_not_on_sale, outcome=NOT_FOUND, case="one that is not on sale"),
    public("GET", FOR_CALLER),
    public("GET", FOR_CALLER, a_product_to_go_with, case="with a product"),
    public("GET", SEARCH, a_query),
    public("GET", f"{SEARCH}/suggestions", a_query),
]
