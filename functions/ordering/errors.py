"""What can go wrong in ordering. Stock shortages and illegal status moves are errors of `shared.transactions`."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, ProblemError


class VariantNotFoundError(NotFoundError):
    code, title = "variant_not_found", "There is no such product variant for sale"


class CartItemNotFoundError(NotFoundError):
    code, title = "cart_item_not_found", "There is no such item in the cart"


class CartTokenRequiredError(ProblemError):
    status, code, title = 400, "cart_token_required", "This request needs the guest cart's X-Cart-Token header"


class CurrencyMismatchError(ConflictError):
    """Carries `cart_currency` and `currency`."""

    code, title = "currency_mismatch", "A cart holds products of one currency"


class CartFullError(ConflictError):
    code, title = "cart_full", "The cart has as many lines as it can have"


class LineQuantityError(ConflictError):
    code, title = "line_quantity_limit", "A cart line has as many units as it can have"


class CartEmptyError(ConflictError):
    code, title = "cart_empty", "There is nothing in the cart"


class CartChangedError(ConflictError):
    """Carries `items` (the lines that are not as they were when they were added) and `total_amount` as of now."""

    code, title = "cart_changed", "The cart is not what the customer saw"


class AmountTooLargeError(ConflictError):
    code, title = "amount_too_large", "The total is more than one payment can carry"


class PaymentInProgressError(ConflictError):
    """Carries `checkout_id`."""

    code, title = "payment_in_progress", "The cart's checkout is being paid; place its order instead"
