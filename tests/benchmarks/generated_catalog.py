"""The generated users and catalogue."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.benchmarks.rows import Kind, Row, identifier, instant_of

PASSWORD: Final = "a long walk by the sea"
_PASSWORD_HASH: Final = "$2b$12$hpdkT24zCPcUo9cVPVBuwOPhsQijQujFyIYP0RFbgQjY/UzvUDeK6"
ADMINS: Final = 50
"""The first so many users administrate."""

USER_COLUMNS: Final = ("id", "email", "password_hash", "full_name", "roles", "created_at")
SESSION_COLUMNS: Final = ("id", "user_id")
_CATEGORY_COLUMNS: Final = ("id", "name", "slug", "parent_id", "position")
_PRODUCT_COLUMNS: Final = (
    "id", "slug", "name", "description", "vendor", "product_type", "tags", "category_id", "currency", "option_names",
    "price_min", "price_max", "is_active", "created_at", "updated_at", "deleted_at", "rating_count", "rating_sum",
    "sold_count",
)  # fmt: skip
_IMAGE_COLUMNS: Final = ("product_id", "position", "url", "alt")
_VARIANT_COLUMNS: Final = (
    "id", "product_id", "vendor", "position", "sku", "option_values", "price_amount", "compare_at_amount",
    "weight_grams", "created_at",
)  # fmt: skip
_STOCK_COLUMNS: Final = ("variant_id", "on_hand")

_ROOTS: Final = ("Home", "Garden", "Apparel", "Books", "Kitchen", "Outdoor", "Toys", "Music", "Office", "Studio")
_MATERIALS: Final = ("Oak", "Linen", "Steel", "Clay", "Wool", "Glass", "Cork", "Brass", "Cotton", "Paper")
_THINGS: Final = ("Lamp", "Bowl", "Scarf", "Notebook", "Chair", "Candle", "Planter", "Tray", "Blanket", "Vase")
_CHINESE_MATERIALS: Final = ("橡木", "亚麻", "钢制", "陶土", "羊毛", "玻璃", "软木", "黄铜", "纯棉", "宣纸")
_CHINESE_THINGS: Final = ("台灯", "茶碗", "围巾", "笔记本", "座椅", "蜡烛", "花盆", "托盘", "毛毯", "花瓶")
_CHINESE_SHARE: Final = 0.1
_SIZES: Final = ("Small", "Medium", "Large", "Extra large")
_COLOURS: Final = ("Black", "White", "Sand", "Moss", "Rust")
_TAGS: Final = 200
_VENDORS: Final = 500
_DESCRIPTION: Final = (
    "<p>{name}, made in small batches.</p>" + "<p>Wipe with a damp cloth; keep it out of the sun.</p>" * 8
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as orders need it."""

    variant_id: str
    product_id: str
    name: str
    title: str
    sku: str
    amount: int
    on_sale: bool


@dataclass
class Catalogue:
    """Rows by table, and what can be bought."""

    offers: list[Offer] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)
    products: list[Row] = field(default_factory=list)
    images: list[Row] = field(default_factory=list)
    variants: list[Row] = field(default_factory=list)
    stock: list[Row] = field(default_factory=list)

    def tables(self) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
        """Tables with their columns and rows, referred ones first."""
        yield "categories", _CATEGORY_COLUMNS, self.categories
        yield "products", _PRODUCT_COLUMNS, self.products
        yield "product_images", _IMAGE_COLUMNS, self.images
        yield "variants", _VARIANT_COLUMNS, self.variants
        yield "stock_levels", _STOCK_COLUMNS, self.stock


def user_id(number: int) -> str:
    """The id of the numbered user, from 0."""
    return identifier(Kind.USER, number)


def email(number: int) -> str:
    """The address of the numbered user."""
    return f"user{number}@example.com"


def product_id(number: int, products: int) -> str:
    """The id of the numbered product of so many, from 0."""
    return identifier(Kind.PRODUCT, number, number / products)


def users(count: int) -> Iterator[Row]:
    """Customers, all with one password; the first ones are administrators."""
    at = instant_of(0).isoformat()
    for number in range(count):
        roles = "{customer,admin}" if number < ADMINS else "{customer}"
        yield user_id(number), email(number), _PASSWORD_HASH, f"Customer {number}", roles, at


def sessions(count: int) -> Iterator[Row]:
    """One of each administrator, which their rights are read from; it has the user's id."""
    for number in range(min(count, ADMINS)):
        yield user_id(number), user_id(number)


def draw(chance: random.Random, products: int) -> Catalogue:
    """Categories three levels deep, and products in the leaves."""
    catalogue = Catalogue()
    leaves = _draw_categories(catalogue)
    for number in range(products):
        _draw_product(chance, catalogue, number, products, chance.choice(leaves))
    return catalogue


def _draw_categories(catalogue: Catalogue) -> list[str]:
    leaves = []
    number = 0
    for root in _ROOTS:
        parents: list[str | None] = [None]
        for depth, width in enumerate((1, 5, 4)):
            children: list[str | None] = []
            for parent in parents:
                for position in range(width):
                    made = identifier(Kind.CATEGORY, number)
                    name = root if depth == 0 else f"{root} {number}"
                    catalogue.categories.append((made, name, name.lower().replace(" ", "-"), parent, position))
                    children.append(made)
                    number += 1
            parents = children
        leaves += [leaf for leaf in parents if leaf is not None]
    return leaves


def _draw_product(chance: random.Random, catalogue: Catalogue, number: int, products: int, category: str) -> None:
    made = product_id(number, products)
    at = instant_of(number / products).isoformat()
    name, kind = _name(chance, products)
    vendor = f"Vendor {int(_VENDORS * chance.random() ** 2)}"
    tags = sorted({f"tag-{int(_TAGS * chance.random() ** 3)}" for _ in range(chance.randrange(5))})
    options, values = _options(chance)
    price = chance.randrange(300, 30_000)
    prices = [price + 250 * step for step in range(len(values))]
    active, deleted = chance.random() >= 0.03, chance.random() < 0.01
    catalogue.products.append(
        (
            made, f"product-{number}", name, _DESCRIPTION.format(name=name), vendor, kind, _array(tags), category,
            "USD", _array(options), prices[0], prices[-1], active, at, at, at if deleted else None, *_success(chance),
        )
    )  # fmt: skip
    for position in range(1, chance.randrange(2, 5)):
        catalogue.images.append((made, position, f"https://images.example.com/{number}/{position}.jpg", name))
    sold_out = chance.random() < 0.02
    for position, (value, amount) in enumerate(zip(values, prices, strict=True), 1):
        variant = identifier(Kind.VARIANT, number * 8 + position, number / products)
        sku = f"SKU-{number}-{position}"
        compare_at = amount * 5 // 4 if chance.random() < 0.1 else None
        catalogue.variants.append(
            (variant, made, vendor, position, sku, _array(value), amount, compare_at, chance.randrange(50, 5_000), at)
        )
        catalogue.stock.append((variant, 0 if sold_out else chance.randrange(200, 2_000)))
        if not sold_out:
            catalogue.offers.append(Offer(variant, made, name, " / ".join(value), sku, amount, active and not deleted))


def _name(chance: random.Random, products: int) -> tuple[str, str]:
    """A product's name and type; some are Chinese."""
    chinese = chance.random() < _CHINESE_SHARE
    material = chance.choice(_CHINESE_MATERIALS if chinese else _MATERIALS)
    thing = chance.choice(_CHINESE_THINGS if chinese else _THINGS)
    return f"{material}{'' if chinese else ' '}{thing} {chance.randrange(products)}", thing


def _success(chance: random.Random) -> tuple[int, int, int]:
    """How many reviews a product has, their stars together, and how many units were sold."""
    reviews = int(40 * chance.random() ** 4)
    return reviews, sum(chance.choice((5, 5, 4, 4, 3, 1)) for _ in range(reviews)), int(500 * chance.random() ** 6)


def _options(chance: random.Random) -> tuple[list[str], list[list[str]]]:
    """Option names, and the values of each variant. Half of the products have none, a third sizes, some colours too."""
    kind = chance.random()
    if kind < 0.5:
        return [], [[]]
    sizes = _SIZES[: chance.randrange(2, 5)]
    if kind < 0.85:
        return ["Size"], [[size] for size in sizes]
    colours = chance.sample(_COLOURS, 2)
    return ["Size", "Color"], [[size, colour] for size in sizes[:3] for colour in colours]


def _array(values: list[str]) -> str:
    """PostgreSQL's text of an array of words."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"
