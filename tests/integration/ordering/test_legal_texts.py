"""Legal pages: files of the operator's until somebody writes them, Markdown that cannot hurt a page."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.permissions import Role
from shared.tables.platform import AuditEntry, OutboxEvent
from tests.factories import identity
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

SCHEMES = ("javascript", "data", "vbscript", "file", "tel")
TERMS = "/api/v1/admin/site/legal/terms/en"


@pytest.fixture
def admin(api: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return LambdaClient(api.handler, headers=signing_key.authorization(identity.user(db, Role.ADMIN)))


def write(admin: LambdaClient, markdown: str, *, version: int = 0) -> Any:
    return admin.request("PUT", TERMS, json={"markdown": markdown, "version": version})


def html(admin: LambdaClient, body: str) -> str:
    written: str = write(admin, f"# Terms\n\n{body}").json()["html"]
    return written


def test_a_new_shop_has_the_texts_of_the_operators_files(api: LambdaClient) -> None:
    english = api.get("/api/v1/site/legal/terms?language=en").json()
    usual = api.get("/api/v1/site/legal/terms").json()
    assert (english["language"], usual["language"]) == ("en", "zh-CN")
    assert english["markdown"].startswith(f"# {english['title']}\n")
    assert english["html"].startswith("<")
    assert english["title"] not in english["html"]


def test_a_text_that_was_written_is_the_page(admin: LambdaClient, api: LambdaClient) -> None:
    written = write(admin, "# Our terms\n\nBe **kind**, and read [more](/legal/privacy).\n\n| a |\n|---|\n| 1 |").json()
    assert (written["title"], written["version"]) == ("Our terms", 1)
    page = api.get("/api/v1/site/legal/terms?language=en")
    assert page.json()["title"] == "Our terms"
    assert '<strong>kind</strong>, and read <a href="/legal/privacy">more</a>' in page.json()["html"]
    assert "<td>1</td>" in page.json()["html"]
    assert page.headers["cache-tag"] == "site"
    assert api.get("/api/v1/site/legal/terms?language=zh-CN").json()["title"] != "Our terms"


@pytest.mark.parametrize("path", ["terms?language=fr", "unknown?language=en", "..%2Fterms?language=en"])
def test_there_are_no_other_pages(api: LambdaClient, admin: LambdaClient, path: str) -> None:
    refused = api.get(f"/api/v1/site/legal/{path}")
    assert refused.status == 404
    name, _, language = path.partition("?language=")
    body = {"markdown": "# A\n\nb", "version": 0}
    assert admin.request("PUT", f"/api/v1/admin/site/legal/{name}/{language}", json=body).status == 404


def test_a_page_without_a_file_is_its_title(api: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        '{"name": "Kontor", "currency": "EUR", "email": "a@b.example", "languages": ["en"], "legal_pages": ["licence"]}'
    )
    monkeypatch.setenv("SITE", text)
    page = api.get("/api/v1/site/legal/licence").json()
    assert (page["title"], page["html"]) == ("Licence", "")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](tel:123)",
        "![a](https://elsewhere.example/a.png)",
        '[a](https://x.example "q\\" onclick=alert(1)")',
        "<javascript:alert(1)>",
    ],
)
def test_nothing_in_a_text_runs_or_leads_to_other_schemes(admin: LambdaClient, body: str) -> None:
    shown = html(admin, body)
    for forbidden in ("<script", "<img", "<b ", *(f'href="{scheme}:' for scheme in SCHEMES)):
        assert forbidden not in shown.lower()
    assert '" onclick' not in shown


def test_links_to_the_web_to_mail_and_within_the_site_stay(admin: LambdaClient) -> None:
    shown = html(admin, "[a](https://x.example/) [b](mailto:a@x.example) [c](/orders) [d](#part) <https://y.example>")
    assert shown.count("<a href=") == 5


def test_an_edit_that_is_based_on_another_version_is_refused(admin: LambdaClient) -> None:
    assert write(admin, "# A\n\nfirst").status == 200
    refused = write(admin, "# A\n\nsecond")
    assert (refused.status, refused.json()["code"], refused.json()["version"]) == (409, "version_conflict", 1)
    assert write(admin, "# A\n\nsecond", version=1).json()["version"] == 2
    assert admin.get(TERMS).json()["markdown"] == "# A\n\nsecond"


@pytest.mark.parametrize(
    "markdown", ["no title", "#no space", "## second level", "# \n\ntext", "", "# A\n" + "\u4e2d" * 40_000]
)
def test_a_text_has_a_title_and_an_end(admin: LambdaClient, markdown: str) -> None:
    refused = write(admin, markdown)
    assert refused.status == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["body.markdown"]


def test_a_change_is_audited_and_purges_pages(admin: LambdaClient, db: Session) -> None:
    write(admin, "# A\n\nfirst")
    [entry] = db.scalars(select(AuditEntry).where(AuditEntry.action == "legal_text.changed"))
    assert entry.changes["markdown"][1] == "# A\n\nfirst"
    assert [event.type for event in db.scalars(select(OutboxEvent))] == ["SiteChanged"]
