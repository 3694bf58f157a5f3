"""What the list of all orders is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, StringConstraints

from functions.ordering.domain.orders import OrderFilters, OrderPosition, OrderSort
from shared.contexts.ordering.order_status import OrderStatus
from shared.errors import FieldError, ValidationError
from shared.money import MAX_AMOUNT
from shared.web.pages import DEFAULT_LIMIT, Cursor, InvalidCursorError, Limit, PageRequest, next_cursor
from shared.web.query import from_query
from shared.web.responses import FieldNames, parse_fields

Number = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z0-9-]*$")]
Amount = Annotated[int, Query(ge=0, le=MAX_AMOUNT)]

_STATUS: Final = (
    "`paid` finds what is to be shipped, `processing` what is partly shipped, both whether or not a part was refunded;"
    " `partially_refunded` all of which a part was refunded"
)
_SORT: Final = "`newest`, `oldest`, `total` (the smallest first) or `-total`; totals need a `currency`"


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Filters, order and page of the list of all orders."""

    page: PageRequest
    fields: frozenset[str] | None
    filters: OrderFilters
    sort: OrderSort

    @property
    def identity(self) -> str:
        """Names the list, so that a cursor fits no other."""
        return f"all orders {self.sort} {self.filters}"

    @property
    def after(self) -> OrderPosition | None:
        """Raises InvalidCursorError."""
        values = self.page.after(self.identity)
        if values is None:
            return None
        try:
            order_id, total_amount = values
            return OrderPosition(UUID(order_id), total_amount)
        except ValueError as error:
            raise InvalidCursorError from error

    def cursor(self, position: OrderPosition | None) -> str | None:
        return next_cursor(self.identity, [str(position.id), position.total_amount]) if position else None


async def _list_request(
    *,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    fields: FieldNames = None,
    status: Annotated[OrderStatus | None, Query(description=_STATUS)] = None,
    email: Annotated[str | None, Query(max_length=254, description="Whole address, whatever its case")] = None,
    number: Annotated[Number | None, Query(max_length=20, description="An order number, or how it begins")] = None,
    user_id: Annotated[UUID | None, Query(description="Orders of this customer")] = None,
    product_id: Annotated[UUID | None, Query(description="Orders that have this product among their lines")] = None,
    currency: Annotated[str | None, Query(pattern="^[A-Z]{3}$", description="ISO 4217", examples=["USD"])] = None,
    total_from: Annotated[Amount | None, Query(description="Minor units of `currency`; at least so much")] = None,
    total_to: Annotated[Amount | None, Query(description="Minor units of `currency`; at most so much")] = None,
    created_from: Annotated[AwareDatetime | None, Query(description="At or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="Before")] = None,
    sort: Annotated[OrderSort, Query(description=_SORT)] = OrderSort.NEWEST,
) -> ListRequest:
    if currency is None and (sort.is_by_total or total_from is not None or total_to is not None):
        raise ValidationError.about([FieldError(("currency",), "amounts are compared within one currency", "query")])
    filters = OrderFilters(
        user_id=user_id,
        status=status.value if status else None,
        email=email,
        number=number or None,
        product_id=product_id,
        currency=currency,
        total_from=total_from,
        total_to=total_to,
        created_from=created_from,
        created_before=created_before,
    )
    return ListRequest(PageRequest(limit, cursor), parse_fields(fields), filters, sort)


OrderListing = Annotated[ListRequest, from_query(_list_request)]
