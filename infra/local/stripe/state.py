"""All that one simulator remembers, as data that JSON can hold."""

import copy
from dataclasses import asdict, dataclass, field
from typing import Any

from infra.local.stripe.account import Account
from infra.local.stripe.documents import Document


@dataclass
class State:
    """Resources and what surrounds them. No card number or CVC is ever part of it."""

    # By type name, then by id, oldest first.
    resources: dict[str, dict[str, Document]] = field(default_factory=dict)
    # What Stripe knows about a resource but does not show, by id.
    hidden: dict[str, Document] = field(default_factory=dict)
    # Answers by API key and idempotency key.
    answers: dict[str, Document] = field(default_factory=dict)
    # State changes that happen later: kind, id of the resource, due time.
    jobs: list[Document] = field(default_factory=list)
    deliveries: list[Document] = field(default_factory=list)
    # The dashboard's settings.
    account: Document = field(default_factory=lambda: Account().model_dump(mode="json"))

    def snapshot(self) -> dict[str, Any]:
        """A JSON-able copy from which `restore` makes the same state."""
        return asdict(self)

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become what the snapshot holds; raises TypeError when it is not one."""
        self.__dict__.update(State(**copy.deepcopy(snapshot)).__dict__)

    def clear(self) -> None:
        self.__dict__.update(State().__dict__)
