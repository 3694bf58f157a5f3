"""Stripe on this computer: the simulator, or the real service when its test key is in the environment."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from infra.local.gateway import Application

MOUNT: Final = "/_local/stripe"
WEBHOOK_PATH: Final = "/api/v1/payments/webhook"


@dataclass
class StripeAccount:
    """Keys, and the simulator behind them (None for the real service)."""

    secret_key: str
    publishable_key: str
    signing_secrets: list[str]
    simulator: Any = None
    _file: Path = field(default_factory=Path)

    @property
    def application(self) -> Application | None:
        """The simulator as an ASGI application."""
        application: Application | None = self.simulator
        return application

    def local_secrets(self) -> dict[str, str]:
        """What an operator would put into the secrets, by the variable that names the secret to a function."""
        return {
            "STRIPE_SECRET_ARN": json.dumps({"secret_key": self.secret_key, "publishable_key": self.publishable_key}),
            "STRIPE_WEBHOOK_SECRET_ARN": json.dumps({"signing_secrets": self.signing_secrets}),
        }

    def variables(self, address: str) -> dict[str, str]:
        """Environment variables of functions that differ from the deployed ones."""
        if self.simulator is None:
            return {}
        # Everybody here pays with the same few test cards, from the same computer.
        return {
            "STRIPE_API_BASE": address + MOUNT,
            "FRAUD_ATTEMPTS_PER_CARD": "100000",
            "FRAUD_ATTEMPTS_PER_IP": "100000",
        }

    @classmethod
    def open(cls, file: Path, environment: Mapping[str, str], address: str) -> Self:
        """The real account if ``STRIPE_SECRET_KEY`` is set, or else the simulated one that the file remembers.

        Must be called within the event loop.
        """
        if environment.get("STRIPE_SECRET_KEY"):
            signing_secret = environment.get("STRIPE_WEBHOOK_SECRET")
            return cls(
                secret_key=environment["STRIPE_SECRET_KEY"],
                publishable_key=environment.get("STRIPE_PUBLISHABLE_KEY", ""),
                signing_secrets=[signing_secret] if signing_secret else [],
            )
        from infra.local.stripe.app import create_simulator
        from infra.local.stripe.settings import Settings, WebhookTarget

        kept = json.loads(file.read_text()) if file.exists() else _new_keys()
        target = WebhookTarget(address + WEBHOOK_PATH, tuple(kept["signing_secrets"]))
        settings = Settings(secret_key=kept["secret_key"], publishable_key=kept["publishable_key"], webhooks=(target,))
        simulator = create_simulator(settings, kept.get("snapshot"))
        account = cls(
            kept["secret_key"], kept["publishable_key"], kept["signing_secrets"], simulator=simulator, _file=file
        )
        account._write(kept.get("snapshot"))
        return account

    def resume(self) -> None:
        """Let the simulator take up what it left undone, once the gateway answers."""
        if self.simulator is not None:
            self.simulator.state.simulator.resume()

    async def close(self) -> None:
        """Stop the simulator and keep its state."""
        if self.simulator is not None:
            account = self.simulator.state.simulator
            await account.close()
            self._write(account.state.snapshot())

    def _write(self, snapshot: dict[str, Any] | None) -> None:
        draft = self._file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(
            json.dumps(
                {
                    "secret_key": self.secret_key,
                    "publishable_key": self.publishable_key,
                    "signing_secrets": self.signing_secrets,
                    "snapshot": snapshot,
                }
            )
        )
        draft.replace(self._file)


def _new_keys() -> dict[str, Any]:
    return {
        "secret_key": f"sk_test_{secrets.token_hex(24)}",
        "publishable_key": f"pk_test_{secrets.token_hex(24)}",
        "signing_secrets": [f"whsec_{secrets.token_hex(24)}"],
    }
