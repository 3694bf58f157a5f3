"""Whatever becomes of products and categories: the tree, its lists and the facets count the same as the rows say."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Category, Product
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient

CATEGORIES, PRODUCTS = 4, 4

categories = st.integers(0, CATEGORIES - 1)
steps = st.lists(
    st.tuples(
        st.sampled_from(["put into", "take off sale", "put on sale", "delete", "move"]),
        st.integers(0, PRODUCTS - 1),
        st.one_of(st.none(), categories),
    ),
    min_size=3,
    max_size=10,
)


def do(admin: LambdaClient, products: list[Any], tree: list[Any], step: tuple[str, int, int | None]) -> None:
    """One change by an administrator; what is refused changes nothing."""
    what, which, where = step
    target = None if where is None else str(tree[where])
    if what == "move":
        path = f"/api/v1/admin/categories/{tree[which]}"
        body = admin.get(path).json()
        admin.put(path, json={"version": body["version"], "name": body["name"], "parent_id": target, "position": 1})
        return
    path = f"/api/v1/admin/products/{products[which]}"
    if what == "delete":
        admin.delete(path)
        return
    found = admin.get(path)
    if found.status == 200:
        change = {"category_id": target} if what == "put into" else {"is_active": what == "put on sale"}
        assert admin.patch(path, json={"version": found.json()["version"], **change}).status == 200


def below(rows: dict[Any, Any], category: Any) -> set[Any]:
    """The category with all that stands below it."""
    found, wanted = {category}, [category]
    while wanted:
        parent = wanted.pop()
        children = {child for child, its_parent in rows.items() if its_parent == parent}
        found |= children
        wanted += children
    return found


def counted(nodes: list[dict[str, Any]]) -> dict[str, int]:
    """What the tree says of each category."""
    own = {node["id"]: node["product_count"] for node in nodes}
    return own | {key: count for node in nodes for key, count in counted(node["children"]).items()}


@settings(max_examples=8)
@given(done=steps)
def test_the_tree_and_the_lists_count_what_is_on_sale_after_any_sequence(
    admin: LambdaClient, guest: LambdaClient, db: Session, done: list[tuple[str, int, int | None]]
) -> None:
    db.query(Product).update({"category_id": None, "is_active": False})
    db.query(Category).update({"parent_id": None})
    db.query(Category).delete()
    db.commit()
    tree = [catalog.category(db, f"C{number}").id for number in range(CATEGORIES)]
    products = [catalog.product(db, f"P{number}").id for number in range(PRODUCTS)]
    for step in done:
        do(admin, products, tree, step)
    db.rollback()
    parents = {row.id: row.parent_id for row in db.query(Category)}
    sold = [row.category_id for row in db.query(Product) if row.is_active and row.deleted_at is None]
    expected = {str(one): sum(of in below(parents, one) for of in sold) for one in tree}
    assert counted(guest.get("/api/v1/categories").json()["items"]) == expected
    for row in db.query(Category):
        listed = guest.get("/api/v1/products", query={"category": row.slug, "limit": 100}).json()["items"]
        assert len(listed) == expected[str(row.id)]
