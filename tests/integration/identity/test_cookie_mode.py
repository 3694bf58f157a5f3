"""Browsers: the refresh token in a cookie that scripts cannot read, and a double-submit CSRF token."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import LoginSession
from tests.integration.identity.conftest import ME, PASSWORD, bearer, log_in, refresh, register
from tests.support.lambda_client import Answer, LambdaClient

REFRESH = "__Secure-refresh_token"
CSRF = "__Host-csrf_token"
DEVICE = "__Secure-device_token"


class Browser:
    """Keeps cookies as a browser does, and sends the CSRF token as the page's scripts would."""

    def __init__(self, client: LambdaClient) -> None:
        self.client = client
        self.jar: dict[str, str] = {}

    def keep(self, answer: Answer) -> Answer:
        for name, morsel in _cookies(answer).items():
            if morsel["max-age"] == "0":
                self.jar.pop(name, None)
            else:
                self.jar[name] = morsel.value
        return answer

    def post(self, path: str, csrf: str | None = None) -> Answer:
        header = self.jar.get(CSRF, "") if csrf is None else csrf
        return self.keep(self.client.post(path, headers={"X-CSRF-Token": header}, cookies=self.jar))

    def refresh(self, csrf: str | None = None) -> Answer:
        return self.post("/api/v1/auth/refresh", csrf)


def _cookies(answer: Answer) -> SimpleCookie:
    parsed = SimpleCookie()
    for cookie in answer.cookies:
        parsed.load(cookie)
    return parsed


@pytest.fixture
def browser(client: LambdaClient) -> Browser:
    """A browser that has registered."""
    browser = Browser(client)
    browser.keep(register(client, mode="cookie"))
    return browser


def test_the_refresh_token_is_only_in_a_cookie_that_scripts_cannot_read(client: LambdaClient) -> None:
    register(client)
    reply = log_in(client, mode="cookie")
    body = reply.json()
    assert body["refresh_token"] is None
    cookies = _cookies(reply)
    token = cookies[REFRESH]
    assert (token["path"], token["secure"], token["httponly"]) == ("/api/v1/auth", True, True)
    assert (token["samesite"].lower(), token["max-age"], token["domain"]) == ("strict", str(30 * 24 * 3600), "")
    assert token.value.encode() not in reply.body
    csrf = cookies[CSRF]
    assert csrf.value == body["csrf_token"]
    assert (csrf["path"], csrf["secure"], csrf["httponly"], csrf["domain"]) == ("/", True, "", "")
    assert csrf["samesite"].lower() == "strict"


def test_what_the_browser_is_known_by_is_a_cookie_that_only_signing_in_gets_to_see(client: LambdaClient) -> None:
    register(client)
    reply = log_in(client, mode="cookie")
    assert reply.json()["device_token"] is None
    device = _cookies(reply)[DEVICE]
    assert (device["path"], device["secure"], device["httponly"]) == ("/api/v1/auth", True, True)
    assert (device["samesite"].lower(), device["max-age"], device["domain"]) == ("strict", str(180 * 24 * 3600), "")
    assert device.value.encode() not in reply.body


def test_the_end_of_the_account_takes_all_cookies_back(client: LambdaClient, browser: Browser) -> None:
    token = log_in(client).json()["access_token"]
    sent = {CSRF: browser.jar[CSRF]}  # all that a browser sends there
    reply = client.signed_in(bearer(token)).delete(ME, json={"password": PASSWORD}, cookies=sent)
    assert reply.status == 202
    browser.keep(reply)
    assert browser.jar == {}


def test_body_mode_sets_no_cookie(client: LambdaClient) -> None:
    assert register(client).cookies == []
    assert log_in(client).cookies == []


def test_a_browser_refreshes_and_gets_the_next_cookie(browser: Browser) -> None:
    before = dict(browser.jar)
    reply = browser.refresh()
    assert reply.status == 200
    assert reply.json()["refresh_token"] is None
    assert browser.jar[REFRESH] != before[REFRESH]
    assert browser.jar[CSRF] == before[CSRF] == reply.json()["csrf_token"]
    assert browser.refresh().status == 200


def test_a_request_without_the_csrf_token_is_refused_and_spends_nothing(browser: Browser) -> None:
    for path in ("/api/v1/auth/refresh", "/api/v1/auth/logout"):
        for csrf in ("", "guessed"):
            reply = browser.post(path, csrf)
            assert (reply.status, reply.json()["code"], reply.cookies) == (403, "csrf_failed", [])
        without = browser.client.post(path, cookies=browser.jar)
        assert (without.status, without.json()["code"]) == (403, "csrf_failed")
    assert browser.refresh().status == 200


def test_a_csrf_token_of_another_session_does_not_serve(browser: Browser) -> None:
    """An attacker who can plant cookies plants the token of a session of their own, in cookie and header."""
    attacker = Browser(browser.client)
    attacker.keep(register(browser.client, "eve@example.com", mode="cookie"))
    for path in ("/api/v1/auth/refresh", "/api/v1/auth/logout"):
        reply = browser.client.post(
            path,
            headers={"X-CSRF-Token": attacker.jar[CSRF]},
            cookies={REFRESH: browser.jar[REFRESH], CSRF: attacker.jar[CSRF]},
        )
        assert (reply.status, reply.json()["code"]) == (403, "csrf_failed")
    assert browser.refresh().status == 200


@pytest.mark.parametrize("planted", ["x", "é", "AAAA", "a" * 43])
def test_a_forged_csrf_token_does_not_serve_even_in_both_places(browser: Browser, planted: str) -> None:
    reply = browser.client.post(
        "/api/v1/auth/refresh",
        headers={"X-CSRF-Token": planted},
        cookies={REFRESH: browser.jar[REFRESH], CSRF: planted},
    )
    assert (reply.status, reply.json()["code"]) == (403, "csrf_failed")


def test_logging_out_takes_the_cookies_back(browser: Browser) -> None:
    token = browser.jar[REFRESH]
    reply = browser.post("/api/v1/auth/logout")
    assert reply.status == 204
    assert set(browser.jar) == {DEVICE}
    assert refresh(browser.client, token).status == 401


def test_another_tab_with_the_cookie_of_a_moment_ago_is_not_logged_out(browser: Browser, db: Session) -> None:
    tab = Browser(browser.client)
    tab.jar = dict(browser.jar)
    assert browser.refresh().status == 200
    reply = tab.refresh()
    assert (reply.status, reply.json()["code"], reply.cookies) == (409, "refresh_token_just_used", [])
    assert reply.headers["retry-after"] == "1"
    assert browser.refresh().status == 200
    assert db.query(LoginSession).one().revoked_at is None


def test_a_spent_cookie_ends_the_session_once_no_tab_can_be_meant(browser: Browser, db: Session) -> None:
    tab = Browser(browser.client)
    tab.jar = dict(browser.jar)
    assert browser.refresh().status == 200
    db.execute(text("UPDATE refresh_tokens SET spent_at = spent_at - interval '6 seconds' WHERE spent_at IS NOT NULL"))
    db.commit()
    assert tab.refresh().status == 401
    assert browser.refresh().status == 401
    assert db.query(LoginSession).one().revoked_reason == "token_reused"


def test_a_stolen_cookie_used_as_a_body_token_is_no_tab(browser: Browser) -> None:
    stolen = browser.jar[REFRESH]
    assert browser.refresh().status == 200
    assert refresh(browser.client, stolen).status == 401
    assert browser.refresh().status == 401
