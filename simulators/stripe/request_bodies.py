"""The parameters of a request, from its body or its query."""

from starlette.requests import Request

from simulators.stripe.errors import invalid_request
from simulators.stripe.parameters import Raw, parse_form

_LARGEST_BODY = 1_048_576


async def raw_parameters(request: Request) -> dict[str, Raw]:
    """The nested parameters as they came; raises ApiError (400, 413) for a body that is no form or too large."""
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
