"""What notifications reads from its environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings(Settings):
    """`mail_from` is the sender; its domain is verified with SES."""

    mail_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSettings(Settings):
    """Who runs the shop: where their mail goes (nowhere, without an address), and the language that they read."""

    operator_email: str = ""
    operator_language: str = "en"
