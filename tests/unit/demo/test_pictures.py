"""Pictures of the demo's products: every product has one, the same at every time, and small."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from demo import catalogue
from demo.contents.pictures import drawing
from demo.contents.pictures.canvas import SIDE
from demo.contents.products import PRODUCTS, STORE_FILES
from tests.support.product_files import ROOT

ADDRESS = "http://127.0.0.1:8123"


def addresses() -> set[str]:
    """Of all pictures that the demo's files name."""
    stores = [catalogue.store_file(ROOT / "demo/contents/stores" / name, ADDRESS) for name in STORE_FILES]
    files = b"\n".join([*catalogue.picture_files(ADDRESS).values(), *stores]).decode()
    return set(re.findall(r"https?://[^,\s\"]+", files))


def test_every_picture_of_the_demo_is_drawn_here() -> None:
    names = [re.fullmatch(rf"{ADDRESS}/_local/pictures/([a-z0-9-]+)-([1-9])\.png", address) for address in addresses()]
    assert len(names) > 90
    drawn = {name and name[0]: name and drawing.motif(name[1]) for name in names}
    assert [address for address, thing in drawn.items() if thing is None] == []
    assert drawing.draw("left-handed-smoke-shifter", 1) is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_picture_is_the_same_at_every_time_and_small(number: int) -> None:
    slug = PRODUCTS[0].slug
    content = drawing.draw(slug, number)
    assert content is not None
    assert content == drawing.draw(slug, number)
    assert Image.open(io.BytesIO(content)).size == (SIDE, SIDE)
    assert len(content) < 40_000
    assert len({drawing.draw(product.slug, number) for product in PRODUCTS}) == len(PRODUCTS)
