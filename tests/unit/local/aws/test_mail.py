"""What SES accepted, as a person would read it."""

import base64
from email.message import EmailMessage

from infra.local.aws.cloud_server import read_mail
from infra.local.console import pages


def test_simple_content_gives_subject_text_and_html() -> None:
    mail = read_mail(
        {
            "FromEmailAddress": "shop@example.com",
            "Destination": {"ToAddresses": ["a@example.com"]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": "订单"},
                    "Body": {"Text": {"Data": "hello"}, "Html": {"Data": "<p>hello</p>"}},
                }
            },
        }
    )

    assert (mail["from"], mail["to"], mail["subject"]) == ("shop@example.com", ["a@example.com"], "订单")
    assert (mail["text"], mail["html"]) == ("hello", "<p>hello</p>")


def test_a_raw_message_is_decoded() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@example.com", "a@example.com", "订单 7"
    message.set_content("你好\n")
    message.add_alternative("<p>你好</p>\n", subtype="html")

    mail = read_mail({"Content": {"Raw": {"Data": base64.b64encode(message.as_bytes()).decode()}}})

    assert (mail["from"], mail["to"], mail["subject"]) == ("shop@example.com", ["a@example.com"], "订单 7")
    assert (mail["text"].strip(), mail["html"].strip()) == ("你好", "<p>你好</p>")


def test_a_page_without_mail_says_so() -> None:
    assert "Nothing was sent yet" in pages.mail_page([])
