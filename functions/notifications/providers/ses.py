"""Amazon SES: which of its refusals are final."""

from __future__ import annotations

from typing import Final

from functions.notifications.domain.message import Message
from functions.notifications.errors import MessageRefusedError, ProviderUnavailableError
from shared.clients import mail

# https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
# These are about the message. The others are temporary (throttling), or an operator corrects the cause (a paused or
# suspended account, a sender not verified): such messages are tried again, and then wait in the dead-letter queue.
FINAL: Final = frozenset(("MessageRejected", "BadRequestException", "InvalidParameterValue"))


def send(*, sender: str, to: str, message: Message, kind: str) -> str:
    """Hand the message to SES; returns its id there.

    Raises MessageRefusedError where a retry cannot succeed, ProviderUnavailableError where it can.
    """
    from botocore.exceptions import ClientError

    try:
        return mail.send(
            sender=sender,
            to=to,
            subject=message.subject,
            text=message.text,
            html=message.html,
            tags={"kind": kind},
            headers=message.headers,
        )
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in FINAL:
            raise MessageRefusedError(code) from None
        raise ProviderUnavailableError(code) from None  # explanations of SES contain addresses
