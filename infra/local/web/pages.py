"""What the gateway answers in place of a page: while pages are built, and when they cannot be."""

from html import escape
from typing import Final

from starlette.types import Send

_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;"
    "color:#1a2029;background:#fbfaf7}pre{white-space:pre-wrap;font-size:13px}"
    "@media(prefers-color-scheme:dark){body{color:#f0eeeb;background:#0e1217}}"
)
_POLICY: Final = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
RELOAD_SECONDS: Final = 2


def building_page() -> str:
    """For the minutes of the first build."""
    return _page(
        "ShareStack is building its pages",
        "<p lang='zh-CN'>页面正在构建，完成后会自动显示。</p>"
        "<p>The API answers already: <a href='/docs'>/docs</a>.</p>",
    )


def failed_page(reason: str, log: str) -> str:
    """For who changes the pages, and has to know why they are not there."""
    return _page(
        "The pages could not be built",
        f"<p lang='zh-CN'>页面构建失败。</p><pre>{escape(reason)}</pre><p>All of it: {escape(log)}</p>",
    )


def _page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<meta http-equiv='refresh' content='{RELOAD_SECONDS}'><title>{title}</title><style>{_STYLE}</style>"
        f"<h1>{title}</h1>{body}</html>"
    )


async def send_page(send: Send, page: str) -> None:
    """A page that is not the one that was asked for: 503, and soon again."""
    body = page.encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", _POLICY),
        (b"cache-control", b"no-store"),
        (b"retry-after", str(RELOAD_SECONDS).encode()),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})
