"""Recommended products."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.contexts.catalog.schemas import ProductSummary
from shared.web import Page


class RecommendedProduct(ProductSummary):
    """A product on sale, and why it is shown."""

    reason: Annotated[
        Literal["also_bought", "similar", "for_you", "popular"],
        Field(
            description=(
                "`also_bought`: by those who bought the product. `similar`: to it. `for_you`: goes"
                " with what the caller bought, wishes for or has in the cart. `popular`: sold well lately"
            )
        ),
    ]


class RecommendedProductList(Page[RecommendedProduct]):
    """The best first; `next_cursor` is always null, for there are no more."""
