"""The shop's API as the demo calls it: over HTTP, or inside this process (`demo.stage.functions`)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, Self, TypeVar

_TIMEOUT_SECONDS: Final = 60


class DemoError(Exception):
    """The shop refused a request that the demo consists of."""


@dataclass(frozen=True, slots=True)
class PictureForm:
    """A picture that is uploaded (`POST /media/upload`)."""

    purpose: str
    png: bytes

    def encoded(self) -> tuple[str, bytes]:
        """The media type and the body (RFC 7578)."""
        boundary = f"picture-{zlib.crc32(self.png):08x}"
        part = f"--{boundary}\r\nContent-Disposition: form-data; name="
        head = f'{part}"purpose"\r\n\r\n{self.purpose}\r\n{part}"files"; filename="picture.png"\r\n'
        head += "Content-Type: image/png\r\n\r\n"
        return (
            f"multipart/form-data; boundary={boundary}",
            head.encode() + self.png + f"\r\n--{boundary}--\r\n".encode(),
        )


class Client(Protocol):
    """One caller of the API."""

    def call(self, method: str, path: str, document: object = None, *, key: str | None = None) -> Any:
        """The JSON of the answer; None where it has no body. `document` is sent as JSON, bytes as a CSV file, a form
        as what it is, `key` as the Idempotency-Key. Raises DemoError for any status but 2xx.
        """
        ...

    def signed_in(self, token: str) -> Self:
        """The same with this access token."""
        ...


C = TypeVar("C", bound=Client)


def sign_in(client: C, email: str, password: str) -> C:
    """The client of a user. Raises DemoError where the password is another."""
    answer = client.call("POST", "/api/v1/auth/login", {"email": email, "password": password})
    return client.signed_in(answer["access_token"])


@dataclass(frozen=True, slots=True)
class HttpClient:
    """Calls the API at an address."""

    address: str
    token: str | None = None

    def call(self, method: str, path: str, document: object = None, *, key: str | None = None) -> Any:
        headers, body = request_parts(document, token=self.token, key=key)
        request = urllib.request.Request(self.address + path, body, headers, method=method)  # our own
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # our own
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise DemoError(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}") from error

    def signed_in(self, token: str) -> HttpClient:
        return replace(self, token=token)


def request_parts(document: object, *, token: str | None, key: str | None) -> tuple[dict[str, str], bytes | None]:
    """Headers and body of a request."""
    headers = {"accept": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    if key is not None:
        headers["idempotency-key"] = key
    if document is None:
        return headers, None
    if isinstance(document, PictureForm):
        media_type, body = document.encoded()
        return {**headers, "content-type": media_type}, body
    if isinstance(document, bytes):
        return {**headers, "content-type": "text/csv"}, document
    return {**headers, "content-type": "application/json"}, json.dumps(document).encode()
