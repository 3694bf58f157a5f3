"""Control of a simulator by tests and developers, under `/_control`: JSON in, JSON out.

| request | what it does |
|---|---|
| GET, PUT `/delivery-mode` | how webhooks are delivered (`deliveries.Mode`) |
| GET `/deliveries?type=&event=&state=` | what was sent to whom, with the status of every attempt |
| POST `/deliveries/release` | send what is held: `{"order": "as made" / "reverse" / "shuffle", "seed", "copies"}` |
| GET, POST, DELETE `/faults` | failures of the API itself (`faults.Fault`) |
| GET, POST `/clock` | the virtual clock: `{"advance_seconds": 3600}` puts it forward |
| POST `/settle` | do now what would happen later, whenever it is due |
| POST `/reset` | return to a fresh account |

A provider adds routes of its own.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulators.kit.deliveries import Mode, Order
from simulators.kit.faults import Fault
from simulators.kit.machine import Machine

MachineType = TypeVar("MachineType", bound=Machine[Any])
Input = TypeVar("Input", bound=BaseModel)
ControlHandler = Callable[[MachineType, Request], Awaitable[Response]]
# Method, path below `/_control`, and what answers.
ControlRoute = tuple[str, str, ControlHandler[MachineType]]


class ControlError(Exception):
    """A control request that cannot be done: HTTP status and reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class _Release(BaseModel):
    model_config = ConfigDict(extra="forbid")
    order: Order = "as made"
    seed: int = 0
    copies: int = Field(default=1, ge=1, le=100)


class _Advance(BaseModel):
    model_config = ConfigDict(extra="forbid")
    advance_seconds: float = Field(ge=0)


def control_routes(machine: MachineType, more: Sequence[ControlRoute[MachineType]]) -> list[Route]:
    """The routes under `/_control` that every simulator has, and those of this provider."""
    shared: list[ControlRoute[MachineType]] = [
        ("GET", "/delivery-mode", _show_mode),
        ("PUT", "/delivery-mode", _set_mode),
        ("GET", "/deliveries", _list_deliveries),
        ("POST", "/deliveries/release", _release),
        ("GET", "/faults", _list_faults),
        ("POST", "/faults", _add_fault),
        ("DELETE", "/faults", _clear_faults),
        ("GET", "/clock", _show_clock),
        ("POST", "/clock", _advance_clock),
        ("POST", "/settle", _settle),
        ("POST", "/reset", _reset),
    ]
    return [
        Route(f"/_control{path}", _endpoint(machine, handler), methods=[method])
        for method, path, handler in (*shared, *more)
    ]


async def read_input(request: Request, model: type[Input]) -> Input:
    """The request's JSON; raises ControlError (400) for what the model refuses."""
    try:
        return model.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        raise ControlError(400, str(error)) from error


def _endpoint(machine: MachineType, handler: ControlHandler[MachineType]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        machine.resume()
        try:
            return await handler(machine, request)
        except ControlError as error:
            return JSONResponse({"error": str(error)}, error.status)

    return answer


async def _show_mode(machine: Machine[Any], _: Request) -> Response:
    return JSONResponse(machine.deliveries.mode.model_dump())


async def _set_mode(machine: Machine[Any], request: Request) -> Response:
    machine.deliveries.mode = await read_input(request, Mode)
    return JSONResponse(machine.deliveries.mode.model_dump())


async def _list_deliveries(machine: Machine[Any], request: Request) -> Response:
    filters = {name: request.query_params[name] for name in ("type", "event", "state") if name in request.query_params}
    deliveries = [
        delivery
        for delivery in machine.state.deliveries
        if all(delivery[name] == value for name, value in filters.items())
    ]
    return JSONResponse({"deliveries": deliveries})


async def _release(machine: Machine[Any], request: Request) -> Response:
    release = await read_input(request, _Release)
    return JSONResponse({"released": machine.deliveries.release(release.order, release.seed, release.copies)})


async def _list_faults(machine: Machine[Any], _: Request) -> Response:
    return JSONResponse({"faults": machine.faults.listed()})


async def _add_fault(machine: Machine[Any], request: Request) -> Response:
    machine.faults.add(await read_input(request, Fault))
    return JSONResponse({"faults": machine.faults.listed()})


async def _clear_faults(machine: Machine[Any], _: Request) -> Response:
    machine.faults.clear()
    return Response(status_code=204)


async def _show_clock(machine: Machine[Any], _: Request) -> Response:
    return JSONResponse({"now": machine.clock.now()})


async def _advance_clock(machine: Machine[Any], request: Request) -> Response:
    machine.clock.advance((await read_input(request, _Advance)).advance_seconds)
    return await _show_clock(machine, request)


async def _settle(machine: Machine[Any], _: Request) -> Response:
    return JSONResponse({"settled": machine.jobs.run_all()})


async def _reset(machine: Machine[Any], _: Request) -> Response:
    await machine.reset()
    return Response(status_code=204)
