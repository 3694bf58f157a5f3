"""What notifications reads from its environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationSettings(Settings):
    """`mail_from` is the sender; its domain is verified with SES. Without an operator's address, messages to the
    operator of the shop are not sent.
    """

    mail_from: str
    operator_email: str = ""
    operator_language: str = "en"
