"""Errors of notifications. None has an HTTP status: they fail a queue record, which is then delivered again."""

from __future__ import annotations


class DeliveryInProgressError(Exception):
    """Another worker is sending the same message; its outcome is known when its claim has expired."""


class MessageRefusedError(Exception):
    """The provider refuses this message for good. Carries the provider's `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProviderUnavailableError(Exception):
    """The provider does not take messages now. Contains its error code, and nothing of the message."""
