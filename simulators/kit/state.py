"""What every simulator remembers besides its provider's resources, as data that JSON can hold."""

import copy
from dataclasses import asdict, dataclass, field
from typing import Any

# A job or a delivery.
Record = dict[str, Any]


@dataclass
class MachineState:
    """The state of a machine; a provider's state extends it by its resources."""

    # Seconds that the virtual clock is ahead of the real one.
    clock_offset: float = 0.0
    # State changes that happen later: kind, id of the resource, due time.
    jobs: list[Record] = field(default_factory=list)
    deliveries: list[Record] = field(default_factory=list)

    def snapshot(self) -> dict[str, Any]:
        """A JSON-able copy from which `restore` makes the same state."""
        return asdict(self)

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become what the snapshot holds; raises TypeError when it is not one."""
        self.__dict__.update(type(self)(**copy.deepcopy(snapshot)).__dict__)

    def clear(self) -> None:
        self.__dict__.update(type(self)().__dict__)
