"""Postal addresses, as requests and answers have them, and those that a customer saved."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from functions.ordering.domain.addresses import AddressTerms
from functions.ordering.schemas.pricing import Country
from shared.web import RequestModel, ResponseModel, Version
from shared.web.fields import SingleLine

EXAMPLE_ADDRESS: Final[JsonDict] = {
    "name": "Ada Lovelace",
    "line1": "12 St James's Square",
    "city": "London",
    "postal_code": "SW1Y 4JH",
    "country": "GB",
}
_EXAMPLE_TERMS: Final[JsonDict] = {
    "label": "Home",
    "address": EXAMPLE_ADDRESS,
    "is_default_shipping": True,
    "is_default_billing": False,
}

Text = Annotated[str, SingleLine]


class Address(RequestModel):
    """Where to deliver, or whom to invoice. What every country has is required; the rest depends on the country."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ADDRESS]})

    name: Annotated[Text, Field(min_length=1, max_length=200)]
    company: Annotated[Text, Field(max_length=200)] | None = None
    line1: Annotated[Text, Field(min_length=1, max_length=200)]
    line2: Annotated[Text, Field(max_length=200)] | None = None
    city: Annotated[Text, Field(min_length=1, max_length=100)]
    region: (
        Annotated[
            Text,
            Field(
                max_length=100,
                description="State, province, prefecture: ISO 3166-2 code or name; required where prices depend on it",
            ),
        ]
        | None
    ) = None
    postal_code: Annotated[Text, Field(max_length=20)] | None = None
    country: Country
    phone: Annotated[str, Field(pattern=r"^\+?[0-9 ()/.-]{3,30}$")] | None = None
    tax_number: (
        Annotated[
            Text,
            Field(max_length=40, description="The buyer's, as it is printed on the invoice; nobody checks it"),
        ]
        | None
    ) = None


class PostalAddress(ResponseModel):
    """An address as it was entered."""

    name: str
    company: str | None = None
    line1: str
    line2: str | None = None
    city: str
    region: str | None = None
    postal_code: str | None = None
    country: str
    phone: str | None = None
    tax_number: str | None = None


def postal_address(document: dict[str, Any] | None) -> PostalAddress | None:
    """A stored address as answers show it; None where there is none."""
    return PostalAddress(**document) if document else None


class NewSavedAddress(RequestModel):
    """An address for the address book. Where it becomes a default, it takes that from the one before."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_TERMS]})

    label: Annotated[Text, Field(min_length=1, max_length=60, description="What its owner calls it")] | None = None
    address: Address
    is_default_shipping: Annotated[bool, Field(strict=True, description="What checkouts begin with")] = False
    is_default_billing: Annotated[bool, Field(strict=True, description="What invoices begin with")] = False

    def to_terms(self) -> AddressTerms:
        return AddressTerms(
            label=self.label,
            address=self.address.model_dump(),
            is_default_shipping=self.is_default_shipping,
            is_default_billing=self.is_default_billing,
        )


class SavedAddressReplacement(NewSavedAddress):
    """The whole entry, as it shall be from now on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_EXAMPLE_TERMS, "version": 1}]})

    version: Version


class SavedAddress(ResponseModel):
    """An entry of the address book."""

    id: UUID
    label: str | None
    address: PostalAddress
    is_default_shipping: bool
    is_default_billing: bool
    version: int
    created_at: datetime
    updated_at: datetime
