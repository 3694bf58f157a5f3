"""How the ingest takes in webhooks of any provider. Standard library only: the ingest must start quickly."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Protocol

    class WebhookScheme(Protocol):
        """How one provider signs its webhooks, and what it wants to be answered."""

        arn_variable: str
        """The environment variable with the ARN of the secret whose `signing_secrets` prove webhooks."""
        accepted: dict[str, Any]
        """The JSON document that the provider is answered with when its event is queued."""

        def check_form(self, headers: Mapping[str, str]) -> None:
            """Raise SignatureError where a signature is missing or malformed; it costs no reading of secrets."""
            ...

        def verify(self, body: bytes, headers: Mapping[str, str], secrets: Sequence[str], *, now: float) -> None:
            """Raise SignatureError unless the provider signed the body lately; `now` is in epoch seconds."""
            ...

        def identify(self, event: Any) -> tuple[str, str] | None:
            """Id and type of an event, or None where the document is no event of this provider."""
            ...


class SignatureError(Exception):
    """The call is not proven to come from the provider now; the message says why, and is safe to log and to answer."""


class WrongSignatureError(SignatureError):
    """Well-formed, but signed with none of the secrets: forged, or signed with a secret that is newer than ours."""
