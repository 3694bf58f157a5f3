"""Stripe as part of the local system: the simulator, or the real service when its test key is in the environment."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from starlette.types import ASGIApp

_NAME: Final = "stripe"
_MOUNT: Final = f"/_local/{_NAME}"
_WEBHOOK_PATH: Final = "/api/v1/payments/webhook"


class _RunningAccount(Protocol):
    """What is needed of the account behind the simulator, whose modules are imported only when it is used."""

    def restore(self, snapshot: dict[str, Any]) -> None: ...
    def resume(self) -> None: ...
    async def close(self) -> None: ...
    def snapshot(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Keys:
    """The keys of an account."""

    secret_key: str
    publishable_key: str
    signing_secrets: tuple[str, ...]


@dataclass(frozen=True)
class RealStripe:
    """The real service, with the keys of the environment."""

    keys: Keys
    name: str = _NAME
    title: str = "Stripe"
    mount: str = _MOUNT
    application: ASGIApp | None = None

    def secrets(self) -> dict[str, str]:
        return _secrets(self.keys)

    def variables(self, address: str) -> dict[str, str]:
        """None: functions call the real service as deployed ones do."""
        return {}

    def page_settings(self) -> dict[str, str]:
        """None: browsers load the real service's script."""
        return {}

    def location(self, address: str) -> str:
        return "api.stripe.com (your test key)"

    def credentials(self, address: str) -> dict[str, Any]:
        return _credentials(self.keys, "https://api.stripe.com")

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Nothing of a simulator gets into the real service."""

    def resume(self) -> None:
        """Nothing is left undone here."""

    async def close(self) -> None:
        """Nothing is stored here."""


@dataclass(frozen=True)
class SimulatedStripe:
    """The simulator; `file` holds its keys and its state between two starts."""

    keys: Keys
    application: ASGIApp
    file: Path
    account: _RunningAccount = field(repr=False)
    name: str = _NAME
    title: str = "Stripe"
    mount: str = _MOUNT

    def secrets(self) -> dict[str, str]:
        return _secrets(self.keys)

    def variables(self, address: str) -> dict[str, str]:
        # Everybody here pays with the same few test cards, from the same computer.
        return {
            "STRIPE_API_BASE": address + _MOUNT,
            "FRAUD_ATTEMPTS_PER_CARD": "100000",
            "FRAUD_ATTEMPTS_PER_IP": "100000",
        }

    def page_settings(self) -> dict[str, str]:
        return {"stripe_script": f"{_MOUNT}/js/"}

    def location(self, address: str) -> str:
        return f"{address}{_MOUNT}/"

    def credentials(self, address: str) -> dict[str, Any]:
        return _credentials(self.keys, address + _MOUNT)

    def restore(self, snapshot: dict[str, Any]) -> None:
        self.account.restore(snapshot)

    def resume(self) -> None:
        self.account.resume()

    async def close(self) -> None:
        await self.account.close()
        _write(self.file, self.keys, self.account.snapshot())


def open_simulator(home: Path, environment: Mapping[str, str], address: str) -> RealStripe | SimulatedStripe:
    """The real account if ``STRIPE_SECRET_KEY`` is set, or else the simulated one that ``home`` holds."""
    if environment.get("STRIPE_SECRET_KEY"):
        signing_secret = environment.get("STRIPE_WEBHOOK_SECRET")
        keys = Keys(
            secret_key=environment["STRIPE_SECRET_KEY"],
            publishable_key=environment.get("STRIPE_PUBLISHABLE_KEY", ""),
            signing_secrets=(signing_secret,) if signing_secret else (),
        )
        return RealStripe(keys)
    from simulators.stripe.app import create_simulator
    from simulators.stripe.settings import Settings, WebhookTarget

    file = home / f"{_NAME}.json"
    keys, snapshot = _read(file) if file.exists() else (_new_keys(), None)
    target = WebhookTarget(address + _WEBHOOK_PATH, keys.signing_secrets)
    settings = Settings(secret_key=keys.secret_key, publishable_key=keys.publishable_key, webhooks=(target,))
    application = create_simulator(settings, snapshot)
    _write(file, keys, snapshot)
    return SimulatedStripe(keys, application, file, application.state.account)


def _secrets(keys: Keys) -> dict[str, str]:
    return {
        "STRIPE_SECRET_ARN": json.dumps({"secret_key": keys.secret_key, "publishable_key": keys.publishable_key}),
        "STRIPE_WEBHOOK_SECRET_ARN": json.dumps({"signing_secrets": keys.signing_secrets}),
    }


def _credentials(keys: Keys, api_base: str) -> dict[str, Any]:
    return {
        "api_base": api_base,
        "secret_key": keys.secret_key,
        "publishable_key": keys.publishable_key,
        "signing_secrets": keys.signing_secrets,
    }


def _read(file: Path) -> tuple[Keys, dict[str, Any] | None]:
    stored = json.loads(file.read_text())
    keys = Keys(stored["secret_key"], stored["publishable_key"], tuple(stored["signing_secrets"]))
    return keys, stored.get("snapshot")


def _write(file: Path, keys: Keys, snapshot: dict[str, Any] | None) -> None:
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({**asdict(keys), "snapshot": snapshot}))
    draft.replace(file)


def _new_keys() -> Keys:
    return Keys(
        secret_key=f"sk_test_{secrets.token_hex(24)}",
        publishable_key=f"pk_test_{secrets.token_hex(24)}",
        signing_secrets=(f"whsec_{secrets.token_hex(24)}",),
    )
