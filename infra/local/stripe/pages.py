"""Pages for people: what the account holds, a form to pay with, and the 3D Secure challenge."""

from collections.abc import Awaitable, Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from infra.local.stripe.addresses import base_url
from infra.local.stripe.calls import SERVICES, Call
from infra.local.stripe.currencies import formatted
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import ApiError
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.request_bodies import raw_parameters
from infra.local.stripe.simulator import Simulator
from infra.local.stripe.test_cards import TEST_CARDS
from infra.local.stripe.three_d_secure import finish, waiting_intent

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
    """The overview, the form to pay an intent, and the challenge page."""
    return [
        Route("/", _guarded(simulator, _overview), methods=["GET"]),
        Route("/pay/{id}", _guarded(simulator, _pay), methods=["POST"]),
        Route("/3ds/{id}", _guarded(simulator, _challenge), methods=["GET"]),
        Route("/3ds/{id}", _guarded(simulator, _answer_challenge), methods=["POST"]),
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
        + _table(("Intent", "Amount", "Status", "Pay"), [_intent_row(request, intent) for intent in intents])
        + "<h2>Deliveries</h2>"
        + _table(("Event", "To", "State", "Attempts"), [_delivery_row(delivery) for delivery in deliveries])
        + "<h2>Events</h2>"
        + _table(("Event", "Type", "About"), [_event_row(event) for event in events])
    )
    return _page("Stripe simulator", body)


async def _pay(simulator: Simulator, request: Request) -> Response:
    intent = simulator.get("payment_intent", request.path_params["id"])
    form = await raw_parameters(request)
    back = f"{base_url(request)}/"
    call = _payers_call(request, intent, {"payment_method": str(form.get("card", "")), "return_url": back})
    confirmed = SERVICES["payment_intents.confirm"].answer(simulator, call)
    action = confirmed["next_action"]
    return RedirectResponse(action["redirect_to_url"]["url"] if action else back, 303, _HEADERS)


async def _challenge(simulator: Simulator, request: Request) -> Response:
    intent = waiting_intent(simulator, request.path_params["id"])
    if intent["status"] != "requires_action":
        return _page("3D Secure", f"<p>Nothing to authenticate: {escape(intent['status'])}.</p>{_back(request)}")
    amount = formatted(intent["amount"], intent["currency"]) if "amount" in intent else "no amount"
    body = (
        f"<p>The bank asks whether you are the holder of the card ({escape(amount)}).</p><form method='post'>"
        "<button name='outcome' value='complete'>Complete</button> "
        "<button name='outcome' value='fail'>Fail</button></form>"
    )
    return _page("3D Secure", body)


async def _answer_challenge(simulator: Simulator, request: Request) -> Response:
    intent = waiting_intent(simulator, request.path_params["id"])
    outcome = (await raw_parameters(request)).get("outcome")
    if outcome not in ("complete", "fail"):
        return _page("3D Secure", "<p>The outcome is <code>complete</code> or <code>fail</code>.</p>", status=400)
    address = finish(simulator, _payers_call(request, intent, {}), intent, passed=outcome == "complete")
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"id": intent["id"], "status": intent["status"], "return_url": address})
    if address is not None:
        return RedirectResponse(address, 303, _HEADERS)
    return _page("3D Secure", f"<p>The intent is now: {escape(intent['status'])}.</p>{_back(request)}")


def _payers_call(request: Request, intent: Document, params: dict[str, str]) -> Call:
    return Call(
        request_id=new_id("req", 14),
        base_url=base_url(request),
        path={"intent": intent["id"]},
        params=dict(params),
        publishable=True,
        client_secret=intent["client_secret"],
    )


def _intent_row(request: Request, intent: Document) -> tuple[str, ...]:
    identifier = escape(intent["id"])
    action = ""
    if intent["status"] in _PAYABLE:
        choices = "".join(
            f"<option value='{escape(card.payment_methods[0])}'>{escape(card.payment_methods[0])}</option>"
            for card in TEST_CARDS
            if card.names
        )
        address = escape(f"{base_url(request)}/pay/{intent['id']}")
        action = (
            f"<form method='post' action='{address}'><select name='card'>{choices}</select> <button>Pay</button></form>"
        )
    elif intent["status"] == "requires_action":
        action = f"<a href='{escape(base_url(request))}/3ds/{identifier}'>authenticate</a>"
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
