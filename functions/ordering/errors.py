"""Errors of ordering. Those of stock and of orders are in `shared.contexts`."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, ProblemError


class VariantNotFoundError(NotFoundError):
    code, title = "variant_not_found", "There is no such product variant for sale"


class CartItemNotFoundError(NotFoundError):
    code, title = "cart_item_not_found", "There is no such item in the cart"


class OrderLinkExpiredError(ProblemError):
    status, code, title = 410, "order_link_expired", "This link to the order is too old"


class CartTokenRequiredError(ProblemError):
    status, code, title = 400, "cart_token_required", "This request needs the guest cart's X-Cart-Token header"


class AddressNotFoundError(NotFoundError):
    code, title = "address_not_found", "There is no such address in the address book"


class AddressBookFullError(ConflictError):
    code, title = "address_book_full", "The address book has as many addresses as it can have"


class OrderNoteNotFoundError(NotFoundError):
    code, title = "order_note_not_found", "There is no such note about this order"


class AddressIsFixedError(ConflictError):
    code, title = "address_is_fixed", "A part of this order was shipped, or nothing of it is: its address stays"


class DestinationDiffersError(ConflictError):
    """Carries `country` and `region`, which delivery and tax were priced for."""

    code, title = "destination_differs", "An order stays in the country and region that it was priced for"


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
    """Carries `total_amount`, `maximum_amount` and `currency`."""

    code, title = "amount_too_large", "The total is more than one payment can carry"


class AmountTooSmallError(ConflictError):
    """Carries `total_amount`, `minimum_amount` and `currency`."""

    code, title = "amount_too_small", "The total is less than can be paid"


class AmountNotPayableError(ConflictError):
    """Carries `total_amount` and `currency`."""

    code, title = "amount_not_payable", "The total cannot be paid in this currency"


class PaymentInProgressError(ConflictError):
    """Carries `checkout_id`."""

    code, title = "payment_in_progress", "The cart's checkout is being paid; place its order instead"


class ShippingUnavailableError(ConflictError):
    """Carries `country`, and `problem`: `destination`, `currency` or `parcel`."""

    code, title = "shipping_unavailable", "There is no delivery to this address"


class ShippingRateUnavailableError(ConflictError):
    """Carries `quotes`, those that there are, and their `currency`."""

    code, title = "shipping_rate_unavailable", "There is no such shipping rate for this cart and address"


class CouponNotFoundError(NotFoundError):
    """For an unknown code, and for one that is not valid now: codes cannot be found out by trying."""

    code, title = "coupon_not_found", "There is no such coupon, or not at this time"


class CouponNotApplicableError(ConflictError):
    """Carries `problem`."""

    code, title = "coupon_not_applicable", "The coupon does not apply to this cart"


class TooManyCouponsError(ConflictError):
    code, title = "too_many_coupons", "The cart has as many coupons as it can have"


class CouponCodeTakenError(ConflictError):
    code, title = "coupon_code_taken", "Another coupon has this code"


class CountryNotFoundError(NotFoundError):
    code, title = "country_not_found", "No address can name this country"


class LegalTextNotFoundError(NotFoundError):
    code, title = "legal_text_not_found", "The shop has no such legal page in this language"


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


class UnitsExceededError(ConflictError):
    """Carries `lines`: the requested units of each, and the available ones."""

    code, title = "units_exceeded", "There are not so many units left"


class ReturnWindowOverError(ConflictError):
    """Carries `days`, counted from the delivery."""

    code, title = "return_window_over", "It is too late to send this back"


class InvalidReturnTransitionError(ConflictError):
    """Carries `return_status`, and `legal`: where the return can go."""

    code, title = "illegal_return_move", "A return of this status cannot go there"


class CreditNoteNotFoundError(NotFoundError):
    code, title = "credit_note_not_found", "There is no such credit note"


class NotInvoicedError(ConflictError):
    code, title = "not_invoiced", "An order is invoiced once it is paid"
