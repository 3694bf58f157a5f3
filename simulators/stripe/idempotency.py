"""`Idempotency-Key`: https://docs.stripe.com/api/idempotent_requests."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError
from simulators.stripe.parameters import Raw
from simulators.stripe.stripe_account import StripeAccount

_LONGEST_KEY = 255
_RETENTION_SECONDS = 24 * 3600


class IdempotentRequest:
    """One request under a key: the answer to replay, or the place to keep the answer in."""

    def __init__(
        self, account: StripeAccount, api_key: str, key: str, request: tuple[str, str, dict[str, Raw]]
    ) -> None:
        if len(key) > _LONGEST_KEY:
            raise ApiError(400, "idempotency_error", f"Idempotency keys may be at most {_LONGEST_KEY} characters long.")
        self._account = account
        self._key = key
        self._place = _digest([api_key, key])
        self._fingerprint = _digest(list(request))

    def earlier_answer(self) -> Document | None:
        """The answer already given, None when there is none.

        Raises ApiError (400) when the key was used for another request.
        """
        answers = self._account.state.answers
        answer = answers.get(self._place)
        if answer is None or answer["at"] < self._account.clock.now() - _RETENTION_SECONDS:
            answers.pop(self._place, None)
            return None
        if answer["fingerprint"] != self._fingerprint:
            raise ApiError(
                400,
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{self._key}' if you meant to execute a different request.",
            )
        return answer

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Hold the key while the request runs; raises ApiError (409) when another one holds it."""
        running = self._account.in_flight
        if self._place in running:
            raise ApiError(
                409,
                "idempotency_error",
                "There is currently another in-progress request using this Idempotent Key (that probably means you "
                f"submitted twice, and the other request is still going through): {self._key}. Please try again later.",
                "idempotency_key_in_use",
            )
        running.add(self._place)
        try:
            yield
        finally:
            running.discard(self._place)

    def keep(self, request_id: str, status: int, body: str) -> None:
        """Remember the answer, so that the request never takes effect again."""
        self._account.state.answers[self._place] = {
            "fingerprint": self._fingerprint,
            "request_id": request_id,
            "status": status,
            "body": body,
            "at": self._account.clock.now(),
        }


def _digest(value: list[object]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
