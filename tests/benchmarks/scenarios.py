"""What is measured: one request of each kind that a shop gets, drawn anew each time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from urllib.parse import urlencode

from tests.benchmarks import generated_catalog
from tests.benchmarks.world import Call, World


class Kind(Enum):
    """What the bars tell apart."""

    LIST = "list"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Scenario:
    """`make` gives the next request, or None when there is nothing left to do it with; `learn` gets the answer."""

    name: str
    function: str
    kind: Kind
    make: Callable[[World], Call | None]
    learn: Callable[[World, Call, Any], None] | None = None
    statements: int | None = None
    """The most that a request may send, where the route's design has a limit."""
    compared: str | None = None
    """What other shops that are measured in the same run call it (`peers.py`)."""
    is_one_person: bool = False
    """Whether all requests are of one person, who may send only so many in a minute."""


_ADDRESS: Final = {"name": "Ada Lovelace", "line1": "5 Mill Lane", "city": "London", "country": "GB"}
LIST_STATEMENTS: Final = 3
_MATERIALS: Final = ("Oak", "Linen", "Steel", "Clay", "Wool", "Glass", "Cork", "Brass", "Cotton", "Paper")
_THINGS: Final = ("lamp", "bowls", "scarf", "notebook", "chair", "candles", "planter", "tray", "blanket", "vase")
_SLIPS: Final = ("lapm", "bowel", "skarf", "notebok", "chiar", "candel", "plantr", "traay", "blankett", "vasse")
_CHINESE: Final = ("台灯", "茶碗", "围巾", "笔记", "橡木台灯", "蜡", "宣纸花", "托盘", "毛毯", "瓶")


def _products(name: str, **parameters: str | Callable[[World], str]) -> Scenario:
    """A list of products with these filters."""

    def make(world: World) -> Call:
        chosen = {
            name.replace("__", "."): value(world) if callable(value) else value for name, value in parameters.items()
        }
        return Call("GET", f"/api/v1/products?{urlencode(chosen)}")

    return Scenario(f"products: {name}", "catalog.api", Kind.LIST, make, statements=LIST_STATEMENTS)


def _search(name: str, asked: Callable[[World], str], *, compared: str | None = None, slips: bool = False) -> Scenario:
    """A search; where words are misspelt, it looks for what they may have been, and searches again."""

    def make(world: World) -> Call:
        return Call("GET", f"/api/v1/products/search?{urlencode({'q': asked(world)})}")

    return Scenario(f"search: {name}", "catalog.api", Kind.LIST, make, statements=3 if slips else 1, compared=compared)


def _words(*places: tuple[str, ...]) -> Callable[[World], str]:
    """A word of each."""
    return lambda world: " ".join(world.chance.choice(words) for words in places)


def _suggestions(world: World) -> Call:
    word = _words(_MATERIALS)(world)
    return Call("GET", f"/api/v1/products/search/suggestions?{urlencode({'q': word[: world.chance.randrange(1, 4)]})}")


def walk(
    name: str,
    path: str,
    function: str,
    headers: Callable[[World], dict[str, str]],
    *,
    statements: int = LIST_STATEMENTS,
) -> Scenario:
    """Pages of a list one after the other, each from where the last one ended."""

    def make(world: World) -> Call:
        cursor = world.cursors.get(name)
        sign = "&" if "?" in path else "?"
        return Call("GET", path + (f"{sign}{urlencode({'cursor': cursor})}" if cursor else ""), headers(world))

    def learn(world: World, _call: Call, answer: Any) -> None:
        world.cursors[name] = answer["next_cursor"] or ""

    is_one_person = headers is not _nobody
    return Scenario(name, function, Kind.LIST, make, learn, statements=statements, is_one_person=is_one_person)


def _nobody(_world: World) -> dict[str, str]:
    return {}


def _price_from(world: World) -> str:
    return str(world.chance.randrange(300, 30_000))


def _category(world: World) -> str:
    return world.chance.choice(("home", "garden", "apparel", "books"))


def _leaf(world: World) -> str:
    roots = ("home", "garden", "apparel", "books", "kitchen", "outdoor", "toys", "music", "office", "studio")
    root = world.chance.randrange(len(roots))
    return f"{roots[root]}-{root * 26 + 6 + world.chance.randrange(20)}"


def _vendor(world: World) -> str:
    return f"Vendor {world.chance.randrange(500)}"


def _rare_tag(world: World) -> str:
    return f"tag-{world.chance.randrange(100, 200)}"


def _with_product(world: World) -> Call:
    return Call("GET", f"/api/v1/products/{world.chance.choice(world.shown)[1]}/recommendations")


def _for_customer(world: World) -> Call:
    return Call("GET", "/api/v1/recommendations/products", world.signed_in(world.sold_order()[2]))


def _add_item(world: World) -> Call:
    body = {"variant_id": str(world.chance.choice(world.variants)), "quantity": 1}
    return Call("POST", "/api/v1/cart/items", world.as_user(world.user()), body)


def _learn_item(world: World, call: Call, answer: Any) -> None:
    world.items.append((answer["items"][-1]["id"], call.headers["authorization"]))


def _change_item(world: World) -> Call | None:
    if not world.items:
        return None
    item, authorization = world.chance.choice(world.items)
    body = {"quantity": world.chance.randrange(1, 9)}
    return Call("PUT", f"/api/v1/cart/items/{item}", {"authorization": authorization}, body)


def _show_cart(world: World) -> Call:
    number = world.cart_owners[world.chance.randrange(len(world.cart_owners))]
    return Call("GET", "/api/v1/cart", world.as_user(number))


def _check_out(world: World) -> Call | None:
    if not world.cart_owners:
        return None
    number = world.cart_owners.popleft()
    return Call("POST", "/api/v1/cart/checkout", world.as_user(number), {"shipping_address": _ADDRESS})


def _learn_checkout(world: World, call: Call, answer: Any) -> None:
    world.checkouts.append((call.headers["authorization"], answer["id"]))


def _place_order(world: World) -> Call | None:
    if not world.checkouts:
        return None
    authorization, checkout = world.checkouts.popleft()
    headers = {"authorization": authorization, "idempotency-key": uuid.uuid4().hex}
    return Call("POST", "/api/v1/orders", headers, {"checkout_id": checkout})


def _own_orders(world: World) -> Call:
    return Call("GET", "/api/v1/orders", world.signed_in(world.sold_order()[2]))


def _show_order(world: World) -> Call:
    order, _, owner = world.sold_order()
    return Call("GET", f"/api/v1/orders/{order}", world.signed_in(owner))


def _download_invoice(world: World) -> Call:
    order, _, owner = world.sold_order()
    return Call("GET", f"/api/v1/orders/{order}/invoice", world.signed_in(owner))


def _own_payments(world: World) -> Call:
    return Call("GET", "/api/v1/payments", world.signed_in(world.sold_order()[2]))


def _show_payment(world: World) -> Call:
    _, payment, owner = world.sold_order()
    return Call("GET", f"/api/v1/payments/{payment}", world.signed_in(owner))


def _admin_orders(name: str, parameters: Callable[[World], dict[str, str]]) -> Scenario:
    def make(world: World) -> Call:
        return Call("GET", f"/api/v1/admin/orders?{urlencode(parameters(world))}", world.as_admin())

    return Scenario(f"all orders: {name}", "ordering.api", Kind.LIST, make, statements=LIST_STATEMENTS)


def _by_email(world: World) -> dict[str, str]:
    return {"email": generated_catalog.email(world.user()).upper()}


def _read_for_admin(world: World) -> Call:
    return Call("GET", f"/api/v1/admin/products/{world.chance.choice(world.shown)[0]}", world.as_admin())


def _learn_version(world: World, _call: Call, answer: Any) -> None:
    world.versions[answer["id"]] = answer["version"]


def _change_product(world: World) -> Call | None:
    if not world.versions:
        return None
    product, version = world.versions.popitem()
    body = {"version": version, "seo_title": f"Number {world.chance.randrange(1_000)}"}
    return Call("PATCH", f"/api/v1/admin/products/{product}", world.as_admin(), body)


def _create_product(world: World) -> Call:
    number = uuid.uuid4().hex
    body = {
        "name": f"Made for measuring {number}",
        "currency": "USD",
        "vendor": "Measured",
        "variants": [{"price_amount": 1999, "sku": number, "stock": 5}],
    }
    return Call("POST", "/api/v1/admin/products", world.as_admin(), body)


def _log_in(world: World) -> Call:
    body = {"email": generated_catalog.email(world.user()), "password": generated_catalog.PASSWORD}
    return Call("POST", "/api/v1/auth/login", {}, body)


def _learn_session(world: World, _call: Call, answer: Any) -> None:
    if answer.get("refresh_token"):
        world.refresh_tokens.append(answer["refresh_token"])


def _refresh(world: World) -> Call | None:
    if not world.refresh_tokens:
        return None
    return Call("POST", "/api/v1/auth/refresh", {}, {"refresh_token": world.refresh_tokens.popleft()})


LIST_20: Final = Scenario(
    "products: newest 20",
    "catalog.api",
    Kind.LIST,
    lambda _: Call("GET", "/api/v1/products"),
    statements=LIST_STATEMENTS,
    compared="list 20",
)

RAW_LIST_20: Final = Scenario("raw: newest 20", "raw", Kind.LIST, lambda _: Call("GET", "/raw"), statements=1)
"""The same 20 products by psycopg and pydantic alone: what everything is compared with, in the same run."""
RAW_BAR: Final = 1.8
"""How many times the raw handler's time LIST_20 may take."""

SCENARIOS: Final = (
    LIST_20,
    walk("products: walk", "/api/v1/products", "catalog.api", _nobody),
    walk("products: walk by name", "/api/v1/products?sort=name", "catalog.api", _nobody),
    _products("cheapest", sort="price"),
    _products("dearest", sort="-price"),
    _products("from a price, cheapest", sort="price", price_min=_price_from),
    _products("to a price, newest", price_max=_price_from),
    _products("below a root category", category=_category),
    _products("below a root, cheapest", category=_category, sort="price"),
    _products("leaf category, by name", category=_leaf, sort="name"),
    _products("vendor", vendor=_vendor),
    _products("vendor, cheapest", vendor=_vendor, sort="price"),
    _products("frequent tag", tag="tag-0"),
    _products("rare tag", tag=_rare_tag),
    _products("rare tag, cheapest", tag=_rare_tag, sort="price"),
    _products("in stock", in_stock="true"),
    _products("sold out", in_stock="false"),
    _products("one size", option__Size="Large"),
    _products("size and colour, cheapest", option__Size="Small", option__Color="Moss", sort="price"),
    _products("most popular", sort="popular"),
    _products("best rated", sort="rating"),
    _products("well rated and cheapest", sort="price", rating_min="4.5"),
    _products("facets of all", facets="true"),
    _products("facets below a root", facets="true", category=_category),
    _products("facets of a leaf", facets="true", category=_leaf),
    _products("facets of a vendor from a price", facets="true", vendor=_vendor, price_min=_price_from),
    _search("two words", _words(_MATERIALS, _THINGS), compared="search"),
    _search("one frequent word", _words(_MATERIALS)),
    _search("a word of every description", _words(("batches", "damp cloth", "small"))),
    _search("slips", _words(_MATERIALS, _SLIPS), slips=True),
    _search("Chinese", _words(_CHINESE)),
    Scenario("suggestions", "catalog.api", Kind.LIST, _suggestions, statements=1),
    Scenario(
        "one product by slug",
        "catalog.api",
        Kind.READ,
        lambda world: Call("GET", f"/api/v1/products/{world.chance.choice(world.shown)[1]}"),
        statements=1,
        compared="one product",
    ),
    Scenario("category tree", "catalog.api", Kind.READ, lambda _: Call("GET", "/api/v1/categories"), statements=1),
    Scenario(
        "all products, for admins",
        "catalog.api",
        Kind.LIST,
        lambda world: Call("GET", "/api/v1/admin/products?limit=100", world.as_admin()),
        statements=LIST_STATEMENTS,
    ),
    Scenario("read a product, for admins", "catalog.api", Kind.READ, _read_for_admin, _learn_version),
    Scenario("change a product", "catalog.api", Kind.WRITE, _change_product),
    Scenario("create a product", "catalog.api", Kind.WRITE, _create_product),
    Scenario("recommendations with a product", "discovery.api", Kind.LIST, _with_product, statements=1),
    Scenario("recommendations for a customer", "discovery.api", Kind.LIST, _for_customer, statements=1),
    Scenario("show the cart", "ordering.api", Kind.READ, _show_cart),
    Scenario("add to cart", "ordering.api", Kind.WRITE, _add_item, _learn_item, compared="add to cart"),
    Scenario("change an item", "ordering.api", Kind.WRITE, _change_item),
    Scenario("check out", "ordering.api", Kind.WRITE, _check_out, _learn_checkout),
    Scenario("place order", "ordering.api", Kind.WRITE, _place_order, compared="place order"),
    Scenario("own orders", "ordering.api", Kind.LIST, _own_orders, statements=LIST_STATEMENTS),
    Scenario("show an order", "ordering.api", Kind.READ, _show_order),
    Scenario("download an invoice", "ordering.api", Kind.WRITE, _download_invoice, statements=8),
    walk("all orders: walk", "/api/v1/admin/orders", "ordering.api", lambda world: world.as_admin()),
    _admin_orders("rare status", lambda _: {"status": "processing"}),
    _admin_orders("status without orders", lambda _: {"status": "partially_refunded"}),
    _admin_orders("address", _by_email),
    _admin_orders("a number's beginning", lambda _: {"number": "JFWG"}),
    _admin_orders("largest totals", lambda _: {"currency": "USD", "sort": "-total"}),
    _admin_orders("largest totals of a status", lambda _: {"currency": "USD", "sort": "-total", "status": "paid"}),
    _admin_orders("an amount", lambda _: {"currency": "USD", "total_from": "5000", "total_to": "5100"}),
    _admin_orders("oldest", lambda _: {"sort": "oldest"}),
    _admin_orders(
        "a day", lambda _: {"created_from": "2025-03-01T00:00:00Z", "created_before": "2025-03-02T00:00:00Z"}
    ),
    _admin_orders("a day and status", lambda _: {"status": "refunded", "created_before": "2024-06-02T00:00:00Z"}),
    Scenario("own payments", "payments.api", Kind.LIST, _own_payments, statements=LIST_STATEMENTS),
    Scenario("show a payment", "payments.api", Kind.READ, _show_payment),
    Scenario(
        "my profile",
        "profiles.api",
        Kind.READ,
        lambda world: Call("GET", "/api/v1/users/me", world.as_user(world.user())),
        statements=1,
    ),
    Scenario("log in", "identity.api", Kind.WRITE, _log_in, _learn_session),
    Scenario("refresh a session", "identity.api", Kind.WRITE, _refresh, _learn_session),
)
