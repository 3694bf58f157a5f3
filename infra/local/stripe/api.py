"""The path of one API request: key, parameters, idempotency, effect, expansion, answer."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from infra.local.stripe import public_parameters
from infra.local.stripe.addresses import base_url, path_within
from infra.local.stripe.calls import Call, Service
from infra.local.stripe.contract import Operation
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import ApiError, invalid_request
from infra.local.stripe.expansion import expand
from infra.local.stripe.faults import meet
from infra.local.stripe.idempotency import IdempotentRequest
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.keys import Caller, caller_of, secret_key_required
from infra.local.stripe.parameters import Raw, parse_form
from infra.local.stripe.simulator import Simulator
from infra.local.stripe.validation import validate

_LARGEST_BODY = 1_048_576
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(simulator: Simulator, service: Service, operation: Operation) -> Endpoint:
    """What answers the requests of one operation."""

    async def answer(request: Request) -> Response:
        request_id = new_id("req", 14)
        simulator.resume()
        try:
            raw = await _raw_parameters(request)
            caller = _caller(simulator, request, raw)
            if caller.publishable and not service.publishable:
                raise secret_key_required()
            return await _respond(simulator, service, operation, request, (request_id, caller, raw))
        except ApiError as error:
            return _response(simulator, request, request_id, error.status, _encode(error.body(request_id)))

    return answer


def unknown_operation(simulator: Simulator) -> Endpoint:
    """What answers a path or method that no operation of the simulator has."""

    async def answer(request: Request) -> Response:
        request_id = new_id("req", 14)
        try:
            raw = await _raw_parameters(request)
            _caller(simulator, request, raw)
            path = path_within(request)
            raise invalid_request(
                f"Unrecognized request URL ({request.method}: {path}). Please see https://stripe.com/docs or we can "
                "help at https://support.stripe.com/. (The Stripe simulator may not have this operation.)",
                status=404,
            )
        except ApiError as error:
            return _response(simulator, request, request_id, error.status, _encode(error.body(request_id)))

    return answer


async def _respond(
    simulator: Simulator,
    service: Service,
    operation: Operation,
    request: Request,
    sender: tuple[str, Caller, dict[str, Raw]],
) -> Response:
    request_id, caller, raw = sender
    path = path_within(request)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    fault = simulator.faults.take(request.method, path)
    if key is None:
        call = _call(request, service, operation, sender, None)
        status, body = await meet(fault, lambda: _effect(simulator, service, call))
        return _response(simulator, request, request_id, status, body)
    idempotent = IdempotentRequest(simulator, caller.key, key, (request.method, path, raw))
    earlier = idempotent.earlier_answer()
    if earlier is not None:
        replayed = {"Idempotent-Replayed": "true", "Original-Request": earlier["request_id"]}
        return _response(simulator, request, request_id, earlier["status"], earlier["body"], more=replayed)
    with idempotent.in_flight():
        # Parameters that do not validate are refused before anything runs, and leave the key unused.
        call = _call(request, service, operation, sender, key)

        def effect() -> tuple[int, str]:
            status, body = _effect(simulator, service, call)
            idempotent.keep(request_id, status, body)
            return status, body

        status, body = await meet(fault, effect)
    return _response(simulator, request, request_id, status, body)


def _effect(simulator: Simulator, service: Service, call: Call) -> tuple[int, str]:
    try:
        document = service.answer(simulator, call)
        return 200, _encode(expand(simulator, document, call.params.get("expand", [])))
    except ApiError as error:
        return error.status, _encode(error.body(call.request_id))


def _call(
    request: Request,
    service: Service,
    operation: Operation,
    sender: tuple[str, Caller, dict[str, Raw]],
    idempotency_key: str | None,
) -> Call:
    request_id, caller, raw = sender
    client_secret = raw.get("client_secret")
    if caller.publishable:
        params = public_parameters.validate(operation.params, raw)
    else:
        params = validate(operation.params, raw)
    service.check_acts_on(params)
    return Call(
        request_id=request_id,
        base_url=base_url(request),
        path=dict(request.path_params),
        params=params,
        publishable=caller.publishable,
        client_secret=client_secret if isinstance(client_secret, str) else None,
        idempotency_key=idempotency_key,
    )


async def _raw_parameters(request: Request) -> dict[str, Raw]:
    if request.method != "POST":
        return parse_form(request.url.query)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise invalid_request("The request body is too large.", status=413)
    content_type = request.headers.get("content-type", "application/x-www-form-urlencoded").partition(";")[0]
    if body and content_type != "application/x-www-form-urlencoded":
        raise invalid_request(
            f"Invalid request: this API takes application/x-www-form-urlencoded bodies, not {content_type}."
        )
    try:
        return parse_form(body.decode())
    except UnicodeDecodeError as error:
        raise invalid_request("The request body is not UTF-8.") from error


def _caller(simulator: Simulator, request: Request, raw: dict[str, Raw]) -> Caller:
    key = raw.pop("key", None)
    return caller_of(request.headers.get("authorization"), key if isinstance(key, str) else None, simulator.settings)


def _encode(document: Document) -> str:
    return json.dumps(document, indent=2)


def _response(
    simulator: Simulator,
    request: Request,
    request_id: str,
    status: int,
    body: str,
    *,
    more: dict[str, str] | None = None,
) -> Response:
    headers = {
        "Request-Id": request_id,
        "Stripe-Version": request.headers.get("stripe-version", simulator.settings.api_version),
        "Cache-Control": "no-cache, no-store",
        **(more or {}),
    }
    for name in ("Idempotency-Key", "Stripe-Account"):
        if name in request.headers:
            headers[name] = request.headers[name]
    if "Idempotency-Key" in headers:
        headers.setdefault("Original-Request", request_id)
    return Response(body, status, headers, media_type="application/json")
