"""SES. `send` returns when SES has accepted the message; delivery is reported by SES events."""

from __future__ import annotations

from collections.abc import Mapping

from shared.clients.aws import client


def send(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    tags: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
) -> str:
    """Hand one message to SES; returns its message id. Tags come back on delivery events.

    Values of `headers` are printable ASCII, up to 995 characters.
    """
    answer = client("sesv2").send_email(
        FromEmailAddress=sender,
        Destination={"ToAddresses": [to]},
        Content={
            "Simple": {
                "Subject": {"Data": subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": text, "Charset": "UTF-8"}, "Html": {"Data": html, "Charset": "UTF-8"}},
                "Headers": [{"Name": name, "Value": value} for name, value in (headers or {}).items()],
            }
        },
        EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
    )
    return answer["MessageId"]
