"""The chrome of a simulator's pages for people, as plain HTML."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from simulators.kit.addresses import base_url
from simulators.kit.state import Record

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_STYLE = (
    "body{font:15px system-ui;margin:2em;max-width:75em}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #ddd}code{font-size:13px}"
)


def page(title: str, body: str, *, status: int = 200) -> Response:
    """A page; `body` is HTML."""
    html = (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
    return HTMLResponse(html, status, HEADERS)


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table; its cells are HTML."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>" if rows else "<p>None yet.</p>"


def overview_link(request: Request) -> str:
    """A paragraph that leads to the simulator's first page."""
    return f"<p><a href='{escape(base_url(request))}/'>Overview</a></p>"


def deliveries_table(deliveries: list[Record]) -> str:
    """What was sent to whom, with the answers."""
    return table(("Event", "To", "State", "Attempts"), [_delivery_row(delivery) for delivery in deliveries])


def _delivery_row(delivery: Record) -> tuple[str, ...]:
    attempts = ", ".join(str(attempt["status"] or attempt["error"]) for attempt in delivery["attempts"])
    return (
        f"{escape(delivery['type'])} <code>{escape(delivery['event'])}</code>",
        escape(delivery["url"]),
        escape(delivery["state"]),
        escape(attempts),
    )
