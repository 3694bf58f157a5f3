"""What a new shop shows: three categories and ten products, one of each kind that the catalogue knows; and the
categories of sixty more, which stand in three stores' files (`stores/`): jewellery, clothing, things for house and
garden.

With and without options, one to three of them, sold out, on backorder, reduced, in a currency without decimals, in
Chinese, and digital (nothing to ship).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product as combinations
from typing import Any, Final

PICTURES: Final = "/_local/pictures"
"""Where a system on a developer's computer shows what `demo.contents.pictures` draws."""
STORE_PICTURES: Final = "https://pictures.sharestack.example/stores"
"""Where the pictures of the stores' files are, as the files say: a reserved name, for which a shop's own address is put
in when they are imported.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCategory:
    name: str
    slug: str
    parent: str | None = None
    """The parent's slug; parents stand first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVariant:
    """Amounts in minor units of the product's currency."""

    values: tuple[str, ...]
    sku: str
    amount: int
    stock: int
    grams: int
    compare_at: int | None = None
    allow_backorder: bool = False

    def document(self, *, ships: bool) -> dict[str, Any]:
        """As the API takes it."""
        return {
            "sku": self.sku,
            "option_values": list(self.values),
            "price_amount": self.amount,
            "compare_at_amount": self.compare_at,
            "weight_grams": self.grams,
            "requires_shipping": ships,
            "stock": self.stock,
            "allow_backorder": self.allow_backorder,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleProduct:
    name: str
    slug: str
    category: str
    """The category's slug."""
    vendor: str
    product_type: str
    description: str
    """HTML."""
    variants: tuple[SampleVariant, ...]
    options: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    currency: str = "USD"
    views: int = 1
    """How many images there are."""
    ships: bool = True

    def document(self, category_id: str) -> dict[str, Any]:
        """As the API takes it."""
        return {
            "name": self.name,
            "slug": self.slug,
            "description": self.description,
            "vendor": self.vendor,
            "product_type": self.product_type,
            "tags": list(self.tags),
            "category_id": category_id,
            "currency": self.currency,
            "option_names": list(self.options),
            "variants": [variant.document(ships=self.ships) for variant in self.variants],
        }

    def pictures(self, address: str) -> list[dict[str, str]]:
        """Rows of a product file that give the product its pictures, and change nothing else of it."""
        return [
            {
                "Handle": self.slug,
                "Title": self.name,
                "Image Src": f"{address}{PICTURES}/{self.slug}-{number}.png",
                "Image Position": str(number),
                "Image Alt Text": self.name,
            }
            for number in range(1, self.views + 1)
        ]


def single(
    sku: str, amount: int, *, stock: int, grams: int, compare_at: int | None = None
) -> tuple[SampleVariant, ...]:
    """The one variant of a product without options."""
    return (SampleVariant(values=(), sku=sku, amount=amount, stock=stock, grams=grams, compare_at=compare_at),)


def every(
    options: Iterable[tuple[str, ...]], sku: str, amount: int, *, stock: int, grams: int
) -> tuple[SampleVariant, ...]:
    """One variant for every combination of option values, all at one price."""
    return tuple(
        SampleVariant(values=values, sku=f"{sku}-{number:02}", amount=amount, stock=stock, grams=grams)
        for number, values in enumerate(combinations(*options), start=1)
    )


CATEGORIES: Final = (
    SampleCategory(name="Home", slug="home"),
    SampleCategory(name="Kitchen", slug="kitchen", parent="home"),
    SampleCategory(name="Apparel", slug="apparel"),
)

STORE_CATEGORIES: Final = (
    SampleCategory(name="Indoor", slug="indoor", parent="home"),
    SampleCategory(name="Outdoor", slug="outdoor", parent="home"),
    SampleCategory(name="Jewellery", slug="jewellery"),
    SampleCategory(name="Bracelet", slug="bracelet", parent="jewellery"),
    SampleCategory(name="Earrings", slug="earrings", parent="jewellery"),
    SampleCategory(name="Necklace", slug="necklace", parent="jewellery"),
)
STORE_FILES: Final = ("clothing.csv", "house-and-garden.csv", "jewellery.csv")

PRODUCTS: Final = (
    SampleProduct(
        name="Terracotta Plant Pot",
        slug="terracotta-plant-pot",
        category="home",
        vendor="Clayworks",
        product_type="Planter",
        description="<p>Hand-thrown and unglazed, with a drainage hole. <strong>Frost-proof to −10 °C.</strong></p>",
        options=("Size",),
        variants=(
            SampleVariant(values=("12 cm",), sku="CLAY-POT-12", amount=1290, stock=40, grams=650),
            SampleVariant(values=("18 cm",), sku="CLAY-POT-18", amount=1990, stock=25, grams=1400),
            SampleVariant(values=("24 cm",), sku="CLAY-POT-24", amount=2990, stock=0, grams=2600),
        ),
        tags=("garden", "handmade"),
        views=2,
    ),
    SampleProduct(
        name="Linen Cushion Cover",
        slug="linen-cushion-cover",
        category="home",
        vendor="Hearth & Loom",
        product_type="Cushion",
        description="<p>Stone-washed European linen with a hidden zip. Cover only.</p>",
        options=("Colour", "Size"),
        variants=every((("Oat", "Moss", "Ink"), ("45 × 45 cm", "60 × 60 cm")), "LINEN", 3200, stock=15, grams=320),
        tags=("linen", "living room"),
        views=3,
    ),
    SampleProduct(
        name="Beeswax Candle",
        slug="beeswax-candle",
        category="home",
        vendor="Hearth & Loom",
        product_type="Candle",
        description="<p>Pure beeswax, burns for about 30 hours.</p>",
        variants=single("WAX-30", 1450, stock=120, grams=240, compare_at=1800),
        tags=("gift",),
    ),
    SampleProduct(
        name="青瓷盖碗",
        slug="celadon-gaiwan",
        category="kitchen",
        vendor="龙泉窑坊",
        product_type="茶具",
        description="<p>龙泉青瓷，手工拉坯，容量 150 毫升。附防震礼盒。</p>",
        options=("颜色",),
        variants=(
            SampleVariant(values=("粉青",), sku="GAIWAN-FQ", amount=26800, stock=12, grams=420),
            SampleVariant(values=("梅子青",), sku="GAIWAN-MZQ", amount=29800, stock=8, grams=420),
        ),
        tags=("茶", "礼物"),
        currency="CNY",
        views=2,
    ),
    SampleProduct(
        name="Cast Iron Skillet",
        slug="cast-iron-skillet",
        category="kitchen",
        vendor="Ironside",
        product_type="Cookware",
        description="<p>Pre-seasoned, 26 cm, for every hob and the oven.</p>",
        variants=single("SKILLET-26", 5900, stock=30, grams=2400),
        tags=("cooking",),
    ),
    SampleProduct(
        name="Hand-Forged Santoku",
        slug="hand-forged-santoku",
        category="kitchen",
        vendor="Sakai Hamono",
        product_type="Knife",
        description="<p>Blue steel, 165 mm, magnolia handle. Made to order in four to six weeks.</p>",
        options=("Handle",),
        variants=(
            SampleVariant(
                values=("Magnolia",), sku="SANTOKU-M", amount=24000, stock=0, grams=190, allow_backorder=True
            ),
            SampleVariant(values=("Walnut",), sku="SANTOKU-W", amount=26500, stock=2, grams=205),
        ),
        tags=("cooking", "handmade"),
        currency="JPY",
    ),
    SampleProduct(
        name="A Year of Bread",
        slug="a-year-of-bread",
        category="kitchen",
        vendor="Small Batch Press",
        product_type="E-book",
        description="<p>Fifty-two loaves, one for every week. EPUB and PDF.</p>",
        variants=single("BREAD-EBOOK", 1200, stock=9999, grams=0),
        tags=("book", "cooking", "digital"),
        ships=False,
    ),
    SampleProduct(
        name="Organic Cotton T-Shirt",
        slug="organic-cotton-t-shirt",
        category="apparel",
        vendor="Plainweave",
        product_type="T-Shirt",
        description="<p>Heavy organic cotton, made to be worn for years.</p>",
        options=("Cut", "Colour", "Size"),
        variants=every((("Straight", "Fitted"), ("White", "Navy"), ("S", "M", "L")), "TEE", 2800, stock=20, grams=220),
        tags=("cotton", "organic"),
        views=3,
    ),
    SampleProduct(
        name="Merino Beanie",
        slug="merino-beanie",
        category="apparel",
        vendor="Plainweave",
        product_type="Hat",
        description="<p>Ribbed merino, one size.</p>",
        options=("Colour",),
        variants=every((("Charcoal", "Rust"),), "BEANIE", 2400, stock=35, grams=80),
        tags=("winter", "wool"),
    ),
    SampleProduct(
        name="Waxed Canvas Tote",
        slug="waxed-canvas-tote",
        category="apparel",
        vendor="Plainweave",
        product_type="Bag",
        description="<p>Waxed canvas and bridle leather, 18 litres. Gets better with use.</p>",
        variants=single("TOTE-18", 7900, stock=3, grams=780, compare_at=9500),
        tags=("bag", "gift"),
    ),
)
