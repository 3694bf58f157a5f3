"""The console's pages, as plain HTML."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

_STYLE: Final = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}td,th{text-align:left;padding:.25rem .75rem .25rem 0;"
    "border-bottom:1px solid #ddd}pre{white-space:pre-wrap;background:#f6f6f6;padding:1rem}"
)


def index_page(state: dict[str, Any], simulators: Sequence[tuple[str, str]]) -> str:
    """Functions with their processes, queues with their depths, schedules with their last run.

    `simulators` are links: title, address.
    """
    functions = [(name, f"{len(item['processes'])} of {item['limit']}") for name, item in state["functions"].items()]
    queues = [(name, item["waiting"], item["in_flight"]) for name, item in state["queues"].items()]
    schedules = [(name, item["expression"], _moment(item["last_run"])) for name, item in state["schedules"].items()]
    return _page(
        "ShareStack on this computer",
        "<p><a href='/docs'>API</a> · <a href='/_local/mail'>sent mail</a> ·"
        " <a href='/_local/purges'>purged pages</a>"
        + "".join(f" · <a href='{escape(address)}'>{escape(title)}</a>" for title, address in simulators)
        + "</p>"
        + _table("Functions", ("function", "processes"), functions)
        + _table("Queues", ("queue", "waiting", "in flight"), queues)
        + _table("Schedules", ("schedule", "expression", "last run"), schedules),
    )


def mail_page(mail: Sequence[dict[str, Any]]) -> str:
    """The mail that SES has accepted, newest first."""
    if not mail:
        return _page("Sent mail", "<p>Nothing was sent yet.</p>")
    return _page("Sent mail", "".join(_mail(item) for item in reversed(mail)))


def _mail(item: dict[str, Any]) -> str:
    rows = [("from", item["from"]), ("to", ", ".join(item["to"])), ("sent", item["sent_at"])]
    return (
        f"<h2>{escape(item['subject'])}</h2>"
        + _table("", ("", ""), rows)
        + f"<pre>{escape(item['text'] or item['html'] or '')}</pre>"
    )


def _moment(seconds: float | None) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M:%S") if seconds else "never"  # noqa: DTZ006 -- for a person


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(item)}</th>" for item in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    return f"{heading}<table><tr>{head}</tr>{body}</table>"


def _page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )
