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


class ShippingUnavailableError(ConflictError):
    """Carries `country`."""

    code, title = "shipping_unavailable", "There is no delivery to this address"


class ShippingRateUnavailableError(ConflictError):
    """Carries `quotes`, those that there are, and their `currency`."""

    code, title = "shipping_rate_unavailable", "There is no such shipping rate for this cart and address"


class CouponNotFoundError(NotFoundError):
    """For a code that was never given out, as for one whose time is not now: nobody learns codes by trying."""

    code, title = "coupon_not_found", "There is no such coupon, or not at this time"


class CouponNotApplicableError(ConflictError):
    """Carries `problem`."""

    code, title = "coupon_not_applicable", "The coupon does not apply to this cart"


class TooManyCouponsError(ConflictError):
    code, title = "too_many_coupons", "The cart has as many coupons as it can have"


class CouponCodeTakenError(ConflictError):
    code, title = "coupon_code_taken", "Another coupon has this code"


class ShippingZoneNotFoundError(NotFoundError):
    code, title = "shipping_zone_not_found", "There is no such shipping zone"


class ShippingRateNotFoundError(NotFoundError):
    code, title = "shipping_rate_not_found", "There is no such shipping rate"


class TaxRateNotFoundError(NotFoundError):
    code, title = "tax_rate_not_found", "There is no such tax rate"


class TaxPlaceTakenError(ConflictError):
    code, title = "tax_place_taken", "Another tax rate is for this country and region"


class ShipmentNotFoundError(NotFoundError):
    code, title = "shipment_not_found", "There is no such shipment"


class ReturnNotFoundError(NotFoundError):
    code, title = "return_not_found", "There is no such return"


class NotShippableError(ConflictError):
    """Carries `order_status`."""

    code, title = "not_shippable", "An order of this status is not shipped"


class UnitsExceededError(ConflictError):
    """Carries `lines`: the units that are wanted of each, and those that there are."""

    code, title = "units_exceeded", "There are not so many units left"


class AlreadyShippedError(ConflictError):
    code, title = "already_shipped", "Parts of the order are on their way; send them back instead"


class ReturnWindowOverError(ConflictError):
    """Carries `days`, counted from the delivery."""

    code, title = "return_window_over", "It is too late to send this back"


class IllegalReturnMoveError(ConflictError):
    """Carries `return_status`, and `legal`: where the return can go."""

    code, title = "illegal_return_move", "A return of this status cannot go there"


class NotInvoicedError(ConflictError):
    code, title = "not_invoiced", "An order is invoiced once it is paid"
