"""Errors of notifications. None has an HTTP status: they fail a queue record, which is then delivered again."""

from __future__ import annotations


class UnreadableMessageError(Exception):
    """The queue's message is not an event that we know. Says which fields, never what stood in them."""


class DeliveryInProgressError(Exception):
    """Another worker is sending this very message; whether it succeeds is known when its claim has elapsed."""


class MessageRefusedError(Exception):
    """The provider will not take this message however often it is asked. Carries the provider's `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProviderUnavailableError(Exception):
    """The provider does not take messages now. Says its error code, and nothing of the message."""
