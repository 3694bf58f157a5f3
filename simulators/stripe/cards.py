"""Card details as a payer gives them: checked as Stripe checks them, then forgotten except for what may be kept."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError, card_error
from simulators.stripe.test_cards import TestCard, card_for_number, card_for_reference

_YEARS_AHEAD = 50
_DEFAULT_EXPIRY = {"exp_month": 12, "exp_year": 2034}


def card_of(details: dict[str, Any]) -> tuple[TestCard, Document]:
    """The test card that the details name, and the part of a payment method that shows it.

    Raises ApiError (402) for a number, expiry or CVC that cannot be, (400) for an unknown token.
    """
    token = details.get("token")
    if token is not None:
        return referenced_card(token, "card[token]")
    number = str(details.get("number", "")).replace(" ", "").replace("-", "")
    if not _passes_luhn(number):
        raise card_error("Your card number is incorrect.", code="incorrect_number", param="number")
    _check_expiry(details.get("exp_month"), details.get("exp_year"))
    cvc = details.get("cvc")
    card = card_for_number(number)
    if cvc is not None:
        _check_cvc(cvc, card)
    shown = shown_card(card, number, cvc_given=cvc is not None)
    shown["exp_month"], shown["exp_year"] = details["exp_month"], _full_year(details["exp_year"])
    return card, shown


def referenced_card(reference: str, param: str) -> tuple[TestCard, Document]:
    """The card of a published reference (`pm_card_visa`, `tok_visa`); raises ApiError (400) for any other."""
    card = card_for_reference(reference)
    if card is None:
        raise ApiError(400, "invalid_request_error", f"No such token: '{reference}'", "resource_missing", param)
    return card, shown_card(card, card.number, cvc_given=True)


def shown_card(card: TestCard, number: str, *, cvc_given: bool) -> Document:
    """What a payment method shows of a card; only the last four digits and a fingerprint come from its number."""
    brand = card.brand if card.names or card.number else _brand_of(number)
    return {
        "brand": brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "unchecked" if cvc_given else None,
        },
        "country": card.country,
        "display_brand": {"amex": "american_express", "diners": "diners_club"}.get(brand, brand),
        **_DEFAULT_EXPIRY,
        "fingerprint": hashlib.sha256(f"simulated {card.wallet or 'card'} {number}".encode()).hexdigest()[:16],
        "funding": card.funding,
        "generated_from": None,
        "last4": number[-4:],
        "networks": {"available": [brand], "preferred": None},
        "three_d_secure_usage": {"supported": card.three_d_secure_supported},
        "wallet": {"type": card.wallet, "dynamic_last4": number[-4:]} if card.wallet else None,
        "regulated_status": "unregulated",
    }


def _passes_luhn(number: str) -> bool:
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19):
        return False
    doubled = (int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _check_expiry(month: int | None, year: int | None) -> None:
    today = datetime.now(UTC)
    if month is None or not 1 <= month <= 12:
        raise card_error("Your card's expiration month is invalid.", code="invalid_expiry_month", param="exp_month")
    full_year = _full_year(year) if year is not None else 0
    if not today.year <= full_year <= today.year + _YEARS_AHEAD:
        raise card_error("Your card's expiration year is invalid.", code="invalid_expiry_year", param="exp_year")
    if full_year == today.year and month < today.month:
        raise card_error("Your card's expiration month is invalid.", code="invalid_expiry_month", param="exp_month")


def _full_year(year: int) -> int:
    return year + 2000 if 0 <= year < 100 else year


def _check_cvc(cvc: str, card: TestCard) -> None:
    lengths = (3, 4) if card.brand == "amex" else (3,)
    if not (cvc.isascii() and cvc.isdigit() and len(cvc) in lengths):
        raise card_error("Your card's security code is invalid.", code="invalid_cvc", param="cvc")


def _brand_of(number: str) -> str:
    """The brand that the first digits of a card outside the table tell."""
    if number.startswith(("34", "37")):
        return "amex"
    return {"4": "visa", "5": "mastercard", "6": "discover"}.get(number[0], "unknown")
