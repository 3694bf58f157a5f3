"""Pages for people: what the account holds, a form to pay with, and where payments are authorized."""

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from infra.local.stripe import qr_codes
from infra.local.stripe.addresses import base_url
from infra.local.stripe.authorizations import Outcome, finish, waiting_intent
from infra.local.stripe.calls import SERVICES, Call
from infra.local.stripe.currencies import formatted
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import ApiError
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.method_types import WALLETS
from infra.local.stripe.next_actions import page_address
from infra.local.stripe.request_bodies import raw_parameters
from infra.local.stripe.simulator import Simulator
from infra.local.stripe.test_cards import TEST_CARDS, WALLET_CARDS

_SHOWN = 50
_PAYABLE = ("requires_payment_method", "requires_confirmation")
_STYLE = (
    "body{font:15px system-ui;margin:2em;max-width:75em}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #ddd}code{font-size:13px}"
)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def page_routes(simulator: Simulator) -> list[Route]:
    """The overview, the form to pay an intent, the pages of bank and wallet, and the codes that lead there."""
    return [
        Route("/", _guarded(simulator, _overview), methods=["GET"]),
        Route("/pay/{id}", _guarded(simulator, _pay), methods=["POST"]),
        Route("/authorize/{id}/qr.{kind}", _guarded(simulator, _qr_code), methods=["GET"]),
        *(
            Route(f"/{page}/{{id}}", _guarded(simulator, handler), methods=[method])
            for page in ("3ds", "authorize")
            for method, handler in (("GET", _ask), ("POST", _finish))
        ),
    ]


Page = Callable[[Simulator, Request], Awaitable[Response]]


def _guarded(simulator: Simulator, page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        simulator.resume()
        try:
            return await page(simulator, request)
        except ApiError as error:
            return _page("Not possible", f"<p>{escape(error.message)}</p>{_back(request)}", status=error.status)

    return answer


async def _overview(simulator: Simulator, request: Request) -> Response:
    intents = simulator.all("payment_intent")[:_SHOWN]
    events = simulator.all("event")[:_SHOWN]
    deliveries = list(reversed(simulator.state.deliveries))[:_SHOWN]
    body = (
        "<h2>Payment intents</h2>"
        + _table(("Intent", "Amount", "Status", "Pay"), [_intent_row(simulator, request, intent) for intent in intents])
        + "<h2>Deliveries</h2>"
        + _table(("Event", "To", "State", "Attempts"), [_delivery_row(delivery) for delivery in deliveries])
        + "<h2>Events</h2>"
        + _table(("Event", "Type", "About"), [_event_row(event) for event in events])
    )
    return _page("Stripe simulator", body)


async def _pay(simulator: Simulator, request: Request) -> Response:
    intent = simulator.get("payment_intent", request.path_params["id"])
    chosen = str((await raw_parameters(request)).get("card", ""))
    back = f"{base_url(request)}/"
    how: dict[str, Any] = {"payment_method": chosen}
    if chosen in WALLETS:
        how = {"payment_method_data": {"type": chosen}}
        if not WALLETS[chosen].redirects:
            how["payment_method_options"] = {chosen: {"client": "web"}}
    call = _payers_call(request, intent, {**how, "return_url": back})
    confirmed = SERVICES["payment_intents.confirm"].answer(simulator, call)
    waits = confirmed["status"] == "requires_action"
    return RedirectResponse(_page_of(simulator, request, intent) if waits else back, 303, _HEADERS)


async def _ask(simulator: Simulator, request: Request) -> Response:
    intent = waiting_intent(simulator, request.path_params["id"])
    title, question = _question(simulator, intent)
    if intent["status"] != "requires_action":
        return _page(title, f"<p>Nothing to authorize: {escape(intent['status'])}.</p>{_back(request)}")
    amount = formatted(intent["amount"], intent["currency"]) if "amount" in intent else "no amount"
    buttons = {"complete": "Complete", "fail": "Fail", "expire": "Let it expire"}
    body = (
        f"<p>{escape(question)} ({escape(amount)}).</p><form method='post'>"
        + " ".join(f"<button name='outcome' value='{value}'>{label}</button>" for value, label in buttons.items())
        + "</form>"
    )
    return _page(title, body)


async def _finish(simulator: Simulator, request: Request) -> Response:
    intent = waiting_intent(simulator, request.path_params["id"])
    title, _ = _question(simulator, intent)
    given = (await raw_parameters(request)).get("outcome")
    known = {outcome.value: outcome for outcome in Outcome}
    if not isinstance(given, str) or given not in known:
        return _page(title, f"<p>The outcome is one of <code>{', '.join(known)}</code>.</p>", status=400)
    address = finish(simulator, _payers_call(request, intent, {}), intent, known[given])
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"id": intent["id"], "status": intent["status"], "return_url": address})
    if address is not None:
        return RedirectResponse(address, 303, _HEADERS)
    return _page(title, f"<p>The intent is now: {escape(intent['status'])}.</p>{_back(request)}")


async def _qr_code(simulator: Simulator, request: Request) -> Response:
    intent = simulator.get("payment_intent", request.path_params["id"])
    address = f"{base_url(request)}/authorize/{intent['id']}"
    if request.path_params["kind"] == "svg":
        return Response(qr_codes.svg(address), media_type="image/svg+xml", headers=_HEADERS)
    if request.path_params["kind"] == "png":
        return Response(qr_codes.png(address), media_type="image/png", headers=_HEADERS)
    return _page("Not possible", "<p>The code is there as png and as svg.</p>", status=404)


def _question(simulator: Simulator, intent: Document) -> tuple[str, str]:
    """Who asks the payer, and what."""
    method = simulator.find("payment_method", intent["payment_method"] or "")
    wallet = WALLETS.get(method["type"]) if method is not None else None
    if wallet is None:
        return "3D Secure", "The bank asks whether you are the holder of the card"
    return wallet.title, f"{wallet.title} asks whether you want to pay"


def _page_of(simulator: Simulator, request: Request, intent: Document) -> str:
    method = simulator.get("payment_method", intent["payment_method"])
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


def _intent_row(simulator: Simulator, request: Request, intent: Document) -> tuple[str, ...]:
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
        action = f"<a href='{escape(_page_of(simulator, request, intent))}'>authenticate</a>"
    error = intent["last_payment_error"]
    status = intent["status"] + (f" ({error['message']})" if error else "")
    return (
        f"<code>{identifier}</code>",
        escape(formatted(intent["amount"], intent["currency"])),
        escape(status),
        action,
    )


def _delivery_row(delivery: Document) -> tuple[str, ...]:
    attempts = ", ".join(str(attempt["status"] or attempt["error"]) for attempt in delivery["attempts"])
    return (
        f"{escape(delivery['type'])} <code>{escape(delivery['event'])}</code>",
        escape(delivery["url"]),
        escape(delivery["state"]),
        escape(attempts),
    )


def _event_row(event: Document) -> tuple[str, ...]:
    about = event["data"]["object"].get("id", "")
    return (f"<code>{escape(event['id'])}</code>", escape(event["type"]), f"<code>{escape(str(about))}</code>")


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>" if rows else "<p>None yet.</p>"


def _back(request: Request) -> str:
    return f"<p><a href='{escape(base_url(request))}/'>Overview</a></p>"


def _page(title: str, body: str, *, status: int = 200) -> Response:
    html = (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
    return HTMLResponse(html, status, _HEADERS)
