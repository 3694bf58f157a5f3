"""Somebody takes a copy of their data with them, and is gone afterwards."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import httpx

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import PASSWORD, Shopper

ME = "/api/v1/users/me"


def mail_about(system: RunningSystem, email: str, subject: str) -> dict[str, Any]:
    return eventually(
        lambda: next((mail for mail in system.mail_to(email) if subject in mail["subject"]), None), seconds=40
    )


def test_a_copy_of_everything_comes_by_a_page_that_a_mail_leads_to(system: RunningSystem) -> None:
    shopper = Shopper(system).register()
    asked = shopper.call("POST", f"{ME}/export", expect=202)
    assert "/account/privacy" in mail_about(system, shopper.email, "Your data is ready")["text"]
    copy = shopper.call("GET", asked.headers["location"], expect=200).json()
    with zipfile.ZipFile(io.BytesIO(httpx.get(copy["url"]).content)) as archive:
        [profile] = json.loads(archive.read("profile.json"))
    assert profile["email"] == shopper.email


def test_an_account_is_kept_by_the_link_or_erased_with_what_the_provider_knows(system: RunningSystem) -> None:
    shopper = Shopper(system).register()
    setup = {"Idempotency-Key": f"setup-{shopper.email}"}
    shopper.call("POST", "/api/v1/payment-methods/setup", headers=setup, expect=201)
    shopper.call("DELETE", ME, json={"password": PASSWORD}, expect=202)
    shopper.call("GET", ME, expect=401)

    text = mail_about(system, shopper.email, "Your account will be erased")["text"]
    found = re.search(r"/keep-account\?token=([\w-]+)", text)
    assert found
    shopper.call("POST", f"{ME}/erasure/cancel", json={"token": found[1]}, expect=204)
    shopper.log_in(shopper.email, PASSWORD).call("DELETE", ME, json={"password": PASSWORD}, expect=202)

    [user] = system.sql("UPDATE account_erasures SET due_at = now() FROM users u WHERE u.id = user_id"
                        " AND u.email = %s RETURNING user_id", shopper.email)  # fmt: skip
    system.run_schedule("identity.erase_accounts")
    eventually(lambda: not system.sql("SELECT 1 AS found FROM users WHERE email = %s", shopper.email))
    eventually(
        lambda: not system.sql("SELECT 1 AS found FROM provider_customers WHERE user_id = %s", user["user_id"]),
        seconds=40,
    )
    assert shopper.email not in [customer["email"] for customer in system.stripe_list("customers")]
