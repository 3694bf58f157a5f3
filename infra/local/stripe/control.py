"""Control of the simulator by tests and developers, under `/_control`: JSON in, JSON out.

| request | what it does |
|---|---|
| GET, PUT `/delivery-mode` | how events are delivered (`deliveries.Mode`) |
| GET `/deliveries?type=&event=&state=` | what was sent to whom, with the status of every attempt |
| POST `/deliveries/release` | send what is held: `{"order": "as made" / "reverse" / "shuffle", "seed", "copies"}` |
| POST `/events` | make an event: `{"type", "id"}` about an existing resource, or `{"type", "object"}` about a sample |
| POST `/events/{id}/resend` | deliver an event again: `{"copies"}` |
| GET, POST, DELETE `/faults` | failures of the API itself (`faults.Fault`) |
| GET, PUT `/account` | the dashboard's settings: methods, settlement currencies, rates (`account.Account`) |
| PUT `/endpoints/{id}/secrets` | sign with these from now on, as while rotating: `{"secrets": ["whsec_..", ..]}` |
| POST `/settle` | do now what would happen later: asynchronous captures and refunds |
| POST `/reset` | forget everything but the configured endpoints |
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.stripe.account import Account
from infra.local.stripe.deliveries import Mode, Order, wants
from infra.local.stripe.documents import Document, fixtures, snapshot_of
from infra.local.stripe.faults import Fault
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.simulator import Simulator

Handler = Callable[[Simulator, Request], Awaitable[Response]]
Input = TypeVar("Input", bound=BaseModel)


class _Release(BaseModel):
    model_config = ConfigDict(extra="forbid")
    order: Order = "as made"
    seed: int = 0
    copies: int = Field(default=1, ge=1, le=100)


class _Resend(BaseModel):
    model_config = ConfigDict(extra="forbid")
    copies: int = Field(default=1, ge=1, le=100)


class _NewEvent(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")
    id: str | None = None
    object: dict[str, Any] = Field(default_factory=dict)


class _Secrets(BaseModel):
    model_config = ConfigDict(extra="forbid")
    secrets: list[str] = Field(min_length=1)


class _Refused(Exception):
    """A control request that cannot be done: HTTP status and reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def control_routes(simulator: Simulator) -> list[Route]:
    """The routes under `/_control`."""
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/delivery-mode", _show_mode),
        ("PUT", "/delivery-mode", _set_mode),
        ("GET", "/deliveries", _list_deliveries),
        ("POST", "/deliveries/release", _release),
        ("POST", "/events", _make_event),
        ("POST", "/events/{id}/resend", _resend),
        ("GET", "/faults", _list_faults),
        ("POST", "/faults", _add_fault),
        ("DELETE", "/faults", _clear_faults),
        ("GET", "/account", _show_account),
        ("PUT", "/account", _set_account),
        ("PUT", "/endpoints/{id}/secrets", _set_secrets),
        ("POST", "/settle", _settle),
        ("POST", "/reset", _reset),
    ]
    return [
        Route(f"/_control{path}", _endpoint(simulator, handler), methods=[method]) for method, path, handler in table
    ]


def _endpoint(simulator: Simulator, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        simulator.resume()
        try:
            return await handler(simulator, request)
        except _Refused as refused:
            return JSONResponse({"error": str(refused)}, refused.status)

    return answer


async def _show_mode(simulator: Simulator, _: Request) -> Response:
    return JSONResponse(simulator.deliveries.mode.model_dump())


async def _set_mode(simulator: Simulator, request: Request) -> Response:
    simulator.deliveries.mode = await _input(request, Mode)
    return JSONResponse(simulator.deliveries.mode.model_dump())


async def _list_deliveries(simulator: Simulator, request: Request) -> Response:
    wanted = {name: request.query_params[name] for name in ("type", "event", "state") if name in request.query_params}
    found = [
        delivery
        for delivery in simulator.state.deliveries
        if all(delivery[name] == value for name, value in wanted.items())
    ]
    return JSONResponse({"deliveries": found})


async def _release(simulator: Simulator, request: Request) -> Response:
    how = await _input(request, _Release)
    return JSONResponse({"released": simulator.deliveries.release(how.order, how.seed, how.copies)})


async def _make_event(simulator: Simulator, request: Request) -> Response:
    wanted = await _input(request, _NewEvent)
    subject = _existing(simulator, wanted.id) if wanted.id is not None else _sample(wanted.type)
    subject.update(wanted.object)
    return JSONResponse(simulator.emit(wanted.type, subject, None))


async def _resend(simulator: Simulator, request: Request) -> Response:
    event = simulator.find("event", request.path_params["id"])
    if event is None:
        raise _Refused(404, f"no event {request.path_params['id']}")
    copies = (await _input(request, _Resend)).copies
    sent = [
        simulator.deliveries.record(event, webhook)
        for webhook in simulator.all("webhook_endpoint")
        if wants(webhook, event["type"])
        for _ in range(copies)
    ]
    for delivery in sent:
        simulator.deliveries.send(delivery)
    return JSONResponse({"deliveries": [delivery["id"] for delivery in sent]})


async def _list_faults(simulator: Simulator, _: Request) -> Response:
    return JSONResponse({"faults": simulator.faults.listed()})


async def _add_fault(simulator: Simulator, request: Request) -> Response:
    simulator.faults.add(await _input(request, Fault))
    return JSONResponse({"faults": simulator.faults.listed()})


async def _clear_faults(simulator: Simulator, _: Request) -> Response:
    simulator.faults.clear()
    return Response(status_code=204)


async def _show_account(simulator: Simulator, _: Request) -> Response:
    return JSONResponse(simulator.account.model_dump(mode="json"))


async def _set_account(simulator: Simulator, request: Request) -> Response:
    simulator.set_up(await _input(request, Account))
    return await _show_account(simulator, request)


async def _set_secrets(simulator: Simulator, request: Request) -> Response:
    endpoint = simulator.find("webhook_endpoint", request.path_params["id"])
    if endpoint is None:
        raise _Refused(404, f"no webhook endpoint {request.path_params['id']}")
    simulator.hidden(endpoint)["secrets"] = (await _input(request, _Secrets)).secrets
    return Response(status_code=204)


async def _settle(simulator: Simulator, _: Request) -> Response:
    return JSONResponse({"settled": simulator.settle_now()})


async def _reset(simulator: Simulator, _: Request) -> Response:
    await simulator.reset()
    return Response(status_code=204)


async def _input(request: Request, model: type[Input]) -> Input:
    try:
        return model.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        raise _Refused(400, str(error)) from error


def _existing(simulator: Simulator, identifier: str) -> Document:
    for of_type in simulator.state.resources.values():
        if identifier in of_type:
            return snapshot_of(of_type[identifier])
    raise _Refused(404, f"no resource {identifier}")


def _sample(event_type: str) -> Document:
    """Stripe's sample of what an event of this type is about: `charge.dispute.created` is about a dispute."""
    for name in reversed(event_type.split(".")[:-1]):
        if name in fixtures():
            sample = snapshot_of(fixtures()[name])
            sample["id"] = new_id(sample["id"].partition("_")[0])
            return sample
    raise _Refused(400, f"no sample for {event_type}: name an existing resource by `id`")
