"""All that one simulated account remembers, as data that JSON can hold."""

from dataclasses import dataclass, field

from simulators.kit.state import MachineState
from simulators.stripe.dashboard import Dashboard
from simulators.stripe.documents import Document


@dataclass
class State(MachineState):
    """Resources and what surrounds them. No card number or CVC is ever part of it."""

    # By type name, then by id, oldest first.
    resources: dict[str, dict[str, Document]] = field(default_factory=dict)
    # What Stripe knows about a resource but does not show, by id.
    hidden: dict[str, Document] = field(default_factory=dict)
    # Answers by API key and idempotency key.
    answers: dict[str, Document] = field(default_factory=dict)
    # The dashboard's settings.
    account: Document = field(default_factory=lambda: Dashboard().model_dump(mode="json"))
