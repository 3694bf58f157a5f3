"""A request to Stripe's API after it was understood, and the table of what answers it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request

if TYPE_CHECKING:
    from simulators.stripe.stripe_account import StripeAccount


@dataclass(frozen=True)
class Call:
    """One call: ids from the path, typed parameters, and who called."""

    request_id: str
    # Address under which the simulator was called, without a slash at its end; pages are linked from there.
    base_url: str
    path: dict[str, str] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    publishable: bool = False
    client_secret: str | None = None
    idempotency_key: str | None = None

    @property
    def id(self) -> str:
        """The id in the path, of operations that have one."""
        return next(iter(self.path.values()))


Answer = Callable[["StripeAccount", Call], Document]


@dataclass(frozen=True)
class Service:
    """What answers one operation, which parameters it acts on, and whether a publishable key may call it."""

    name: str
    answer: Answer
    acts_on: frozenset[str]
    publishable: bool = False

    def check_acts_on(self, params: dict[str, Any]) -> None:
        """Raise ApiError (400) for a parameter that Stripe knows and the simulator would ignore."""
        for name in params:
            if name not in self.acts_on:
                raise invalid_request(
                    f"The Stripe simulator does not act on {name} in {self.name}.",
                    code="simulator_parameter_unsupported",
                    param=name,
                )


SERVICES: dict[str, Service] = {}
PAGE_PARAMETERS = ("limit", "starting_after", "ending_before")
LIST_PARAMETERS = (*PAGE_PARAMETERS, "created")


def serves(name: str, *acts_on: str, publishable: bool = False) -> Callable[[Answer], Answer]:
    """Register what answers the operation that the `stripe` library calls `name`."""

    def register(answer: Answer) -> Answer:
        SERVICES[name] = Service(name, answer, frozenset((*acts_on, "expand")), publishable)
        return answer

    return register
