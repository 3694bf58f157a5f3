"""Names of payment methods in the languages of messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_BRANDS: Final = {
    "amex": "American Express",
    "cartes_bancaires": "Cartes Bancaires",
    "diners": "Diners Club",
    "eftpos_au": "eftpos",
    "jcb": "JCB",
    "mastercard": "Mastercard",
    "unionpay": "UnionPay",
}
_CHINESE_BRANDS: Final = {"unionpay": "银联"}
_CHINESE_METHODS: Final = {"alipay": "支付宝", "wechat_pay": "微信支付"}
_METHODS: Final = {"alipay": "Alipay", "wechat_pay": "WeChat Pay"}


def method_name(method: Mapping[str, Any], language: str) -> str:
    """The name of the method: "Visa card ending in 4242", "Apple Pay (Visa card ending in 4242)", "支付宝"."""
    chinese = language == "zh-CN"
    if method["type"] != "card":
        names = {**_METHODS, **(_CHINESE_METHODS if chinese else {})}
        return names.get(method["type"], _titled(method["type"]))
    card = _brand(method["brand"], chinese=chinese)
    last4, wallet = method["last4"], _titled(method["wallet"] or "")
    if chinese and wallet:
        return f"{wallet}（{card}，尾号 {last4}）" if last4 else f"{wallet}（{card}）"
    if chinese:
        return f"{card}（尾号 {last4}）" if last4 else card
    card = f"{card} ending in {last4}" if last4 else card
    return f"{wallet} ({card})" if wallet else card


def _brand(brand: str | None, *, chinese: bool) -> str:
    if brand is None or brand == "unknown":
        return "银行卡" if chinese else "card"
    if chinese and brand in _CHINESE_BRANDS:
        return f"{_CHINESE_BRANDS[brand]}卡"
    return f"{_BRANDS.get(brand, _titled(brand))} {'卡' if chinese else 'card'}"


def _titled(word: str) -> str:
    """`google_pay` as "Google Pay"."""
    return " ".join(part[:1].upper() + part[1:] for part in word.split("_"))
