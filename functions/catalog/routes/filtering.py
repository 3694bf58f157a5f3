"""Query parameters that choose products; lists and searches take the same."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query, Request

from functions.catalog.domain.limits import MAX_OPTIONS
from functions.catalog.domain.product_filters import ProductFilters
from shared.errors import FieldError, ValidationError
from shared.money import MAX_AMOUNT
from shared.web.fields import Slug

OPTION_PREFIX: Final = "option."
_MAX_TEXT: Final = 255

Category = Annotated[Slug | None, Query(max_length=_MAX_TEXT, description="Slug; those below it included")]
PriceMin = Annotated[
    int | None, Query(ge=0, le=MAX_AMOUNT, description="Lowest price of the product from, minor units")
]
PriceMax = Annotated[int | None, Query(ge=0, le=MAX_AMOUNT, description="Lowest price of the product to, minor units")]
InStock = Annotated[bool | None, Query(description="Whether something of it can be bought now")]
Text = Annotated[str | None, Query(max_length=_MAX_TEXT)]
RatingMin = Annotated[float | None, Query(ge=1, le=5, allow_inf_nan=False, description="Stars on average, at least")]


def product_filters(
    request: Request,
    *,
    price_min: int | None,
    price_max: int | None,
    in_stock: bool | None,
    vendor: str | None,
    tag: str | None,
    rating_min: float | None,
) -> ProductFilters:
    """The filters, with those by options (`option.<name>=<value>`). Raises ValidationError."""
    return ProductFilters(
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        vendor=vendor,
        tag=tag,
        rating_min=rating_min,
        options=option_filters(request),
    )


def not_valid(parameter: str, message: str) -> ValidationError:
    """The error for a query parameter."""
    return ValidationError(field=FieldError((parameter,), message, source="query"))


def option_filters(request: Request) -> dict[str, str]:
    """The parameters `option.<name>=<value>`. Raises ValidationError."""
    parameters = [
        (name.removeprefix(OPTION_PREFIX), value)
        for name, value in request.query_params.multi_items()
        if name.startswith(OPTION_PREFIX)
    ]
    options = dict(sorted(parameters))
    if len(options) < len(parameters) or len(options) > MAX_OPTIONS:
        raise not_valid(OPTION_PREFIX + "*", f"at most {MAX_OPTIONS} different options with one value each")
    for name, value in options.items():
        if not 1 <= len(name) <= _MAX_TEXT or not 1 <= len(value) <= _MAX_TEXT:
            raise not_valid(OPTION_PREFIX + name[:_MAX_TEXT], f"name and value take 1 to {_MAX_TEXT} characters")
    return options
