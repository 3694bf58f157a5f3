"""Stripe's part of `/_control` (see `simulators.kit.control` for what every simulator has).

| request | what it does |
|---|---|
| POST `/events` | make an event: `{"type", "id"}` about an existing resource, or `{"type", "object"}` about a sample |
| POST `/events/{id}/resend` | deliver an event again: `{"copies"}` |
| GET, PUT `/account` | the dashboard's settings: methods, settlement currencies, rates (`dashboard.Dashboard`) |
| PUT `/endpoints/{id}/secrets` | sign with these from now on, as while rotating: `{"secrets": ["whsec_..", ..]}` |
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulators.kit.control import ControlError, control_routes, read_input
from simulators.kit.identifiers import new_id
from simulators.stripe.dashboard import Dashboard
from simulators.stripe.documents import Document, fixtures, snapshot_of
from simulators.stripe.stripe_account import StripeAccount


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


def stripe_control_routes(account: StripeAccount) -> list[Route]:
    """The routes under `/_control`."""
    return control_routes(
        account,
        [
            ("POST", "/events", _make_event),
            ("POST", "/events/{id}/resend", _resend),
            ("GET", "/account", _show_dashboard),
            ("PUT", "/account", _set_dashboard),
            ("PUT", "/endpoints/{id}/secrets", _set_secrets),
        ],
    )


async def _make_event(account: StripeAccount, request: Request) -> Response:
    event = await read_input(request, _NewEvent)
    subject = _existing(account, event.id) if event.id is not None else _sample(event.type)
    subject.update(event.object)
    return JSONResponse(account.emit(event.type, subject, None))


async def _resend(account: StripeAccount, request: Request) -> Response:
    event = account.find("event", request.path_params["id"])
    if event is None:
        raise ControlError(404, f"no event {request.path_params['id']}")
    copies = (await read_input(request, _Resend)).copies
    sent = [
        account.deliveries.record(
            event=event["id"], type_name=event["type"], endpoint=endpoint["id"], url=endpoint["url"]
        )
        for endpoint in account.subscribers(event["type"])
        for _ in range(copies)
    ]
    for delivery in sent:
        account.deliveries.send(delivery)
    return JSONResponse({"deliveries": [delivery["id"] for delivery in sent]})


async def _show_dashboard(account: StripeAccount, _: Request) -> Response:
    return JSONResponse(account.dashboard.model_dump(mode="json"))


async def _set_dashboard(account: StripeAccount, request: Request) -> Response:
    account.set_up(await read_input(request, Dashboard))
    return await _show_dashboard(account, request)


async def _set_secrets(account: StripeAccount, request: Request) -> Response:
    endpoint = account.find("webhook_endpoint", request.path_params["id"])
    if endpoint is None:
        raise ControlError(404, f"no webhook endpoint {request.path_params['id']}")
    account.hidden(endpoint)["secrets"] = (await read_input(request, _Secrets)).secrets
    return Response(status_code=204)


def _existing(account: StripeAccount, identifier: str) -> Document:
    for of_type in account.state.resources.values():
        if identifier in of_type:
            return snapshot_of(of_type[identifier])
    raise ControlError(404, f"no resource {identifier}")


def _sample(event_type: str) -> Document:
    """Stripe's sample of what an event of this type is about: `charge.dispute.created` is about a dispute."""
    for name in reversed(event_type.split(".")[:-1]):
        if name in fixtures():
            sample = snapshot_of(fixtures()[name])
            sample["id"] = new_id(sample["id"].partition("_")[0])
            return sample
    raise ControlError(400, f"no sample for {event_type}: name an existing resource by `id`")
