"""Pages for people: what the account holds, a form to pay with, and where payments are authorized."""

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.kit import qr_codes
from simulators.kit.addresses import base_url
from simulators.kit.identifiers import new_id
from simulators.kit.pages import HEADERS, deliveries_table, overview_link, page, table
from simulators.stripe.authorizations import Outcome, finish, waiting_intent
from simulators.stripe.calls import SERVICES, Call
from simulators.stripe.currencies import formatted
from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError
from simulators.stripe.method_types import WALLETS
from simulators.stripe.next_actions import page_address
from simulators.stripe.request_bodies import raw_parameters
from simulators.stripe.stripe_account import StripeAccount
from simulators.stripe.test_cards import TEST_CARDS, WALLET_CARDS

_SHOWN = 50
_PAYABLE = ("requires_payment_method", "requires_confirmation")


def page_routes(account: StripeAccount) -> list[Route]:
    """The overview, the form to pay an intent, the pages of bank and wallet, and the codes that lead there."""
    return [
        Route("/", _guarded(account, _overview), methods=["GET"]),
        Route("/pay/{id}", _guarded(account, _pay), methods=["POST"]),
        Route("/authorize/{id}/qr.{kind}", _guarded(account, _qr_code), methods=["GET"]),
        *(
            Route(f"/{name}/{{id}}", _guarded(account, handler), methods=[method])
            for name in ("3ds", "authorize")
            for method, handler in (("GET", _ask), ("POST", _finish))
        ),
    ]


Handler = Callable[[StripeAccount, Request], Awaitable[Response]]


def _guarded(account: StripeAccount, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        account.resume()
        try:
            return await handler(account, request)
        except ApiError as error:
            return page("Not possible", f"<p>{escape(error.message)}</p>{overview_link(request)}", status=error.status)

    return answer


async def _overview(account: StripeAccount, request: Request) -> Response:
    intents = account.all("payment_intent")[:_SHOWN]
    events = account.all("event")[:_SHOWN]
    deliveries = list(reversed(account.state.deliveries))[:_SHOWN]
    body = (
        "<h2>Payment intents</h2>"
        + table(("Intent", "Amount", "Status", "Pay"), [_intent_row(account, request, intent) for intent in intents])
        + "<h2>Deliveries</h2>"
        + deliveries_table(deliveries)
        + "<h2>Events</h2>"
        + table(("Event", "Type", "About"), [_event_row(event) for event in events])
    )
    return page("Stripe simulator", body)


async def _pay(account: StripeAccount, request: Request) -> Response:
    intent = account.get("payment_intent", request.path_params["id"])
    chosen = str((await raw_parameters(request)).get("card", ""))
    back = f"{base_url(request)}/"
    how: dict[str, Any] = {"payment_method": chosen}
    if chosen in WALLETS:
        how = {"payment_method_data": {"type": chosen}}
        if not WALLETS[chosen].redirects:
            how["payment_method_options"] = {chosen: {"client": "web"}}
    call = _payers_call(request, intent, {**how, "return_url": back})
    confirmed = SERVICES["payment_intents.confirm"].answer(account, call)
    waits = confirmed["status"] == "requires_action"
    return RedirectResponse(_page_of(account, request, intent) if waits else back, 303, HEADERS)


async def _ask(account: StripeAccount, request: Request) -> Response:
    intent = waiting_intent(account, request.path_params["id"])
    title, question = _question(account, intent)
    if intent["status"] != "requires_action":
        return page(title, f"<p>Nothing to authorize: {escape(intent['status'])}.</p>{overview_link(request)}")
    amount = formatted(intent["amount"], intent["currency"]) if "amount" in intent else "no amount"
    buttons = {"complete": "Complete", "fail": "Fail", "expire": "Let it expire"}
    body = (
        f"<p>{escape(question)} ({escape(amount)}).</p><form method='post'>"
        + " ".join(f"<button name='outcome' value='{value}'>{label}</button>" for value, label in buttons.items())
        + "</form>"
    )
    return page(title, body)


async def _finish(account: StripeAccount, request: Request) -> Response:
    intent = waiting_intent(account, request.path_params["id"])
    title, _ = _question(account, intent)
    choice = (await raw_parameters(request)).get("outcome")
    outcomes = {outcome.value: outcome for outcome in Outcome}
    if not isinstance(choice, str) or choice not in outcomes:
        return page(title, f"<p>The outcome is one of <code>{', '.join(outcomes)}</code>.</p>", status=400)
    address = finish(account, _payers_call(request, intent, {}), intent, outcomes[choice])
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"id": intent["id"], "status": intent["status"], "return_url": address})
    if address is not None:
        return RedirectResponse(address, 303, HEADERS)
    return page(title, f"<p>The intent is now: {escape(intent['status'])}.</p>{overview_link(request)}")


async def _qr_code(account: StripeAccount, request: Request) -> Response:
    intent = account.get("payment_intent", request.path_params["id"])
    address = f"{base_url(request)}/authorize/{intent['id']}"
    if request.path_params["kind"] == "svg":
        return Response(qr_codes.svg(address), media_type="image/svg+xml", headers=HEADERS)
    if request.path_params["kind"] == "png":
        return Response(qr_codes.png(address), media_type="image/png", headers=HEADERS)
    return page("Not possible", "<p>The code is there as png and as svg.</p>", status=404)


def _question(account: StripeAccount, intent: Document) -> tuple[str, str]:
    """Who asks the payer, and what."""
    method = account.find("payment_method", intent["payment_method"] or "")
    wallet = WALLETS.get(method["type"]) if method is not None else None
    if wallet is None:
        return "3D Secure", "The bank asks whether you are the holder of the card"
    return wallet.title, f"{wallet.title} asks whether you want to pay"


def _page_of(account: StripeAccount, request: Request, intent: Document) -> str:
    method = account.get("payment_method", intent["payment_method"])
    return page_address(base_url(request), intent, method["type"])


def _payers_call(request: Request, intent: Document, params: dict[str, Any]) -> Call:
    return Call(
        request_id=new_id("req", 14),
        base_url=base_url(request),
        path={"intent": intent["id"]},
        params=dict(params),
        publishable=True,
        client_secret=intent["client_secret"],
    )


def _intent_row(account: StripeAccount, request: Request, intent: Document) -> tuple[str, ...]:
    identifier = escape(intent["id"])
    action = ""
    if intent["status"] in _PAYABLE:
        cards = [card.payment_methods[0] for card in (*TEST_CARDS, *WALLET_CARDS) if card.names]
        offered = [name for name in WALLETS if name in intent["payment_method_types"]]
        choices = "".join(f"<option value='{escape(name)}'>{escape(name)}</option>" for name in (*cards, *offered))
        address = escape(f"{base_url(request)}/pay/{intent['id']}")
        action = (
            f"<form method='post' action='{address}'><select name='card'>{choices}</select> <button>Pay</button></form>"
        )
    elif intent["status"] == "requires_action":
        action = f"<a href='{escape(_page_of(account, request, intent))}'>authenticate</a>"
    error = intent["last_payment_error"]
    status = intent["status"] + (f" ({error['message']})" if error else "")
    return (
        f"<code>{identifier}</code>",
        escape(formatted(intent["amount"], intent["currency"])),
        escape(status),
        action,
    )


def _event_row(event: Document) -> tuple[str, ...]:
    about = event["data"]["object"].get("id", "")
    return (f"<code>{escape(event['id'])}</code>", escape(event["type"]), f"<code>{escape(str(about))}</code>")
