"""The stand-in for Stripe.js: a script that gives pages `window.Stripe`, whose payments this simulator makes.

It is put together from the files of `browser/`, before which stand the test cards that it offers. Nobody can type the
number of a card into it.
"""

import json
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulators.stripe.behaviour import Authentication
from simulators.stripe.test_cards import TestCard, card_for_reference

_FOLDER: Final = Path(__file__).with_name("browser")
_FILES: Final = ("texts.js", "calls.js", "looks.js", "code_dialog.js", "fieldset.js", "stripe.js")
_HEADERS: Final = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}

_OFFERED: Final = (
    "pm_card_visa",
    "pm_card_mastercard",
    "pm_card_unionpay",
    "pm_card_authenticationRequired",
    "pm_card_visa_chargeDeclined",
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    "pm_card_chargeDeclinedExpiredCard",
    "pm_card_chargeDeclinedIncorrectCvc",
    "pm_card_chargeDeclinedProcessingError",
    "pm_card_threeDSecureRequiredChargeDeclined",
)


def script_routes() -> list[Route]:
    """Where pages load it from."""
    return [Route("/js/", _serve, methods=["GET"])]


def script() -> str:
    """The script. It finds the simulator beside itself, whatever proxy the page came through."""
    parts = [(_FOLDER / name).read_text(encoding="utf-8") for name in _FILES]
    cards = json.dumps([_shown(reference) for reference in _OFFERED])
    values = f"const CARDS = {cards};\nconst HOME = new URL('..', document.currentScript.src).href.slice(0, -1);\n"
    return "(() => {\n'use strict';\n" + values + "\n".join(parts) + "})();\n"


async def _serve(_: Request) -> Response:
    return Response(script(), media_type="text/javascript", headers=_HEADERS)


def _shown(reference: str) -> dict[str, str]:
    card = card_for_reference(reference)
    assert card is not None
    return {"reference": reference, "brand": card.brand, "last4": card.last4, "behaviour": _behaviour(card)}


def _behaviour(card: TestCard) -> str:
    """What happens to who pays with it, in a word that the script has a text for."""
    asks = card.authentication is not Authentication.NEVER
    if card.decline is None:
        return "asks" if asks else "pays"
    return "asks_then_declines" if asks else card.decline.decline_code or card.decline.code
