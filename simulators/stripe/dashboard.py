"""What an account has been set up with at Stripe's dashboard: payment methods, currencies that it settles in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Currency = Annotated[str, Field(pattern=r"^[a-z]{3}$")]
MethodName = Literal["card", "alipay", "wechat_pay"]

# What a minor unit of a currency is worth in US cents, about; tests set their own.
_WORTH: Final = {
    "usd": "1", "aud": "0.65", "cad": "0.72", "chf": "1.13", "cny": "0.14", "eur": "1.08", "gbp": "1.27",
    "hkd": "0.128", "jpy": "0.67", "sgd": "0.75",
}  # fmt: skip


class Dashboard(BaseModel):
    """The dashboard's settings; where none are made, every method is on, and nothing is ever converted."""

    model_config = ConfigDict(extra="forbid")

    default_currency: Currency = "usd"
    payment_methods: list[MethodName] = ["card", "alipay", "wechat_pay"]
    bank_currencies: list[Currency] | None = None
    """Currencies beside the default that the account has a bank account in; charges in others are converted. None: it
    has one in each."""
    exchange_rates: dict[Currency, Decimal] = Field(default_factory=dict)
    """How many minor units of the default currency a minor unit of this one is."""

    def settlement(self, currency: str) -> tuple[str, Decimal | None]:
        """The currency that money in this one reaches the balance in, and the rate; None where it is the same."""
        if self.bank_currencies is None or currency in (self.default_currency, *self.bank_currencies):
            return currency, None
        rate = self.exchange_rates.get(currency) or self._rate(currency)
        return (self.default_currency, rate) if rate is not None else (currency, None)

    def _rate(self, currency: str) -> Decimal | None:
        if currency not in _WORTH or self.default_currency not in _WORTH:
            return None
        return round(Decimal(_WORTH[currency]) / Decimal(_WORTH[self.default_currency]), 6)


def converted(amount: int, rate: Decimal | None) -> int:
    """An amount at a rate, rounded half up; what is something never becomes nothing."""
    if rate is None or amount == 0:
        return amount
    exchanged = int((abs(amount) * rate).quantize(Decimal(1), ROUND_HALF_UP))
    return max(1, exchanged) if amount > 0 else -max(1, exchanged)
