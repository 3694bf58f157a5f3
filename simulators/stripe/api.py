"""The path of one API request: key, parameters, idempotency, effect, expansion, answer."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from simulators.kit.addresses import base_url, path_within
from simulators.kit.faults import meet
from simulators.kit.identifiers import new_id
from simulators.stripe import public_parameters
from simulators.stripe.calls import Call, Service
from simulators.stripe.contract import Operation
from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError, failure, invalid_request
from simulators.stripe.expansion import check_expandable, expand
from simulators.stripe.idempotency import IdempotentRequest
from simulators.stripe.intents import public_view
from simulators.stripe.keys import Caller, caller_of, secret_key_required
from simulators.stripe.parameters import Raw
from simulators.stripe.request_bodies import raw_parameters
from simulators.stripe.stripe_account import StripeAccount
from simulators.stripe.validation import validate

_INTENTS = ("payment_intent", "setup_intent")
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(account: StripeAccount, service: Service, operation: Operation) -> Endpoint:
    """What answers the requests of one operation."""

    async def answer(request: Request) -> Response:
        request_id = new_id("req", 14)
        account.resume()
        try:
            raw = await raw_parameters(request)
            caller = _caller(account, request, raw)
            if caller.publishable and not service.publishable:
                raise secret_key_required()
            return await _respond(account, service, operation, request, _Sender(request_id, caller, raw))
        except ApiError as error:
            return _response(account, request, request_id, error.status, _encode(error.body(request_id)))

    return answer


def unknown_operation(account: StripeAccount) -> Endpoint:
    """What answers a path or method that no operation of the simulator has."""

    async def answer(request: Request) -> Response:
        request_id = new_id("req", 14)
        try:
            raw = await raw_parameters(request)
            _caller(account, request, raw)
            path = path_within(request)
            raise invalid_request(
                f"Unrecognized request URL ({request.method}: {path}). Please see https://stripe.com/docs or we can "
                "help at https://support.stripe.com/. (The Stripe simulator may not have this operation.)",
                status=404,
            )
        except ApiError as error:
            return _response(account, request, request_id, error.status, _encode(error.body(request_id)))

    return answer


@dataclass(frozen=True)
class _Sender:
    """Who sends what, under which id."""

    request_id: str
    caller: Caller
    raw: dict[str, Raw]


@dataclass(frozen=True)
class _Answer:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


async def _respond(
    account: StripeAccount, service: Service, operation: Operation, request: Request, sender: _Sender
) -> Response:
    path = path_within(request)
    fault = account.faults.take(request.method, path)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None

    def effect() -> _Answer:
        return _effect(account, service, _call(request, service, operation, sender, key))

    if key is None:
        answer = await meet(fault, effect, failure)
    else:
        idempotent = IdempotentRequest(account, sender.caller.key, key, (request.method, path, sender.raw))
        with idempotent.in_flight():
            answer = await meet(fault, lambda: _once(idempotent, sender.request_id, effect), failure)
    return _response(account, request, sender.request_id, answer.status, answer.body, more=answer.headers)


def _once(idempotent: IdempotentRequest, request_id: str, effect: Callable[[], _Answer]) -> _Answer:
    earlier = idempotent.earlier_answer()
    if earlier is not None:
        replayed = {"Idempotent-Replayed": "true", "Original-Request": earlier["request_id"]}
        return _Answer(earlier["status"], earlier["body"], replayed)
    # Parameters that do not validate raise here, before anything runs, and leave the key unused.
    answer = effect()
    idempotent.keep(request_id, answer.status, answer.body)
    return answer


def _effect(account: StripeAccount, service: Service, call: Call) -> _Answer:
    try:
        document = service.answer(account, call)
        return _Answer(200, _encode(expand(account, document, call.params.get("expand", []))))
    except ApiError as error:
        if call.publishable:
            shown = {name: public_view(error.details[name]) for name in _INTENTS if name in error.details}
            error.details.update(shown)
        return _Answer(error.status, _encode(error.body(call.request_id)))


def _call(
    request: Request,
    service: Service,
    operation: Operation,
    sender: _Sender,
    idempotency_key: str | None,
) -> Call:
    client_secret = sender.raw.get("client_secret")
    checked = public_parameters.validate if sender.caller.publishable else validate
    params = checked(operation.params, sender.raw)
    service.check_acts_on(params)
    check_expandable(operation, params.get("expand", []))
    return Call(
        request_id=sender.request_id,
        base_url=base_url(request),
        path=dict(request.path_params),
        params=params,
        publishable=sender.caller.publishable,
        client_secret=client_secret if isinstance(client_secret, str) else None,
        idempotency_key=idempotency_key,
    )


def _caller(account: StripeAccount, request: Request, raw: dict[str, Raw]) -> Caller:
    key = raw.pop("key", None)
    return caller_of(request.headers.get("authorization"), key if isinstance(key, str) else None, account.settings)


def _encode(document: Document) -> str:
    return json.dumps(document, indent=2)


def _response(
    account: StripeAccount,
    request: Request,
    request_id: str,
    status: int,
    body: str,
    *,
    more: dict[str, str] | None = None,
) -> Response:
    headers = {
        "Request-Id": request_id,
        "Stripe-Version": request.headers.get("stripe-version", account.settings.api_version),
        "Cache-Control": "no-cache, no-store",
        **(more or {}),
    }
    for name in ("Idempotency-Key", "Stripe-Account"):
        if name in request.headers:
            headers[name] = request.headers[name]
    if "Idempotency-Key" in headers:
        headers.setdefault("Original-Request", request_id)
    return Response(body, status, headers, media_type="application/json")
