"""What the local system must know of an outside provider, and all that it may know."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from starlette.types import ASGIApp


class Simulator(Protocol):
    """A provider on this computer: simulated, or the real service when its credentials are in the environment."""

    @property
    def name(self) -> str:
        """A word for files and for the console's addresses, e.g. `stripe`."""

    @property
    def title(self) -> str:
        """The provider's name for people."""

    @property
    def mount(self) -> str:
        """The path that the application answers below, without a slash at its end."""

    @property
    def application(self) -> ASGIApp | None:
        """The simulated service; None for the real one."""

    def secrets(self) -> Mapping[str, str]:
        """What an operator would put into the secrets, by the variable that names the secret to a function."""

    def variables(self, address: str) -> Mapping[str, str]:
        """Environment variables of functions that differ from the deployed ones; `address` is the gateway's."""

    def page_settings(self) -> Mapping[str, str]:
        """Entries of `/config.json`, which pages read, that differ from the deployed ones."""

    def location(self, address: str) -> str:
        """Where the service is, for people."""

    def credentials(self, address: str) -> Mapping[str, Any]:
        """What a client needs to call the service, for programs that read the ready file."""

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become the account that another simulator of the provider took this snapshot of."""

    def resume(self) -> None:
        """Go on with what an earlier run left undone, once the gateway answers. Called within the event loop."""

    async def close(self) -> None:
        """Stop, and store what the next start needs."""


class OpenSimulator(Protocol):
    """The function `open_simulator` of a provider's module `local`."""

    def __call__(self, home: Path, environment: Mapping[str, str], address: str) -> Simulator:
        """The provider with its data in `home`. Called within the event loop; `address` is the gateway's."""
