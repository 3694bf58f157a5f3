"""Payment providers by name. An adapter is imported when it is first needed; standard library only, for the ingest of
webhooks finds its provider here as well.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from shared import process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from functions.payments.providers.port import Provider
    from functions.payments.providers.webhooks import WebhookScheme

    class Registration(Protocol):
        """How one provider is reached."""

        def adapter(self) -> Provider:
            """The process's account at the provider."""
            ...

        def webhooks(self) -> WebhookScheme:
            """How the provider proves that a webhook is its own."""
            ...

        def preload(self) -> None:
            """Import what `adapter` needs."""
            ...


DEFAULT = "stripe"
"""The provider of requests and webhooks that name none."""


class UnknownProviderError(LookupError):
    """No provider of this name is registered."""


class Package:
    """A provider's package: its module `adapter` has a function `provider`, its module `webhooks` a `SCHEME`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def adapter(self) -> Provider:
        provider: Provider = import_module(f"{self._name}.adapter").provider()
        return provider

    def webhooks(self) -> WebhookScheme:
        scheme: WebhookScheme = import_module(f"{self._name}.webhooks").SCHEME
        return scheme

    def preload(self) -> None:
        import_module(f"{self._name}.adapter")


REGISTRY: dict[str, Registration] = {"stripe": Package("functions.payments.providers.stripe")}


@cache
def of(name: str) -> Provider:
    """The process's account at this provider. Raises UnknownProviderError."""
    return _registration(name).adapter()


process.on_reset(of.cache_clear)


def webhooks_of(name: str) -> WebhookScheme:
    """How this provider's webhooks are verified. Raises UnknownProviderError."""
    return _registration(name).webhooks()


def names() -> list[str]:
    """Every registered provider."""
    return sorted(REGISTRY)


def preload() -> None:
    """Import every adapter: in INIT, by functions that call a provider in nearly every invocation."""
    for registration in REGISTRY.values():
        registration.preload()


def _registration(name: str) -> Registration:
    try:
        return REGISTRY[name]
    except KeyError:
        raise UnknownProviderError(f"there is no payment provider {name!r}") from None
