from tests.support.stripe_account import Account


def test_the_overview_shows_what_the_account_holds_and_escapes_it(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 1234, "currency": "usd"})
    account.ask("POST", "/events", type="customer.updated", object={"id": "<script>alert(1)</script>"})
    page = account.control.get("/")
    assert intent.id in page.text
    assert "12.34 usd" in page.text
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_an_intent_is_paid_from_the_overview(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 1234, "currency": "usd"})
    answer = account.control.post(f"/pay/{intent.id}", data={"card": "pm_card_visa"})
    assert answer.status_code == 303
    assert account.client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_card_that_asks_for_a_challenge_leads_to_it(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 1234, "currency": "usd"})
    answer = account.control.post(f"/pay/{intent.id}", data={"card": "pm_card_threeDSecure2Required"})
    assert answer.headers["location"] == f"{account.url}/3ds/{intent.id}"
    assert "authenticate" in account.control.get("/").text


def test_a_decline_on_the_overview_is_told(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 1234, "currency": "usd"})
    answer = account.control.post(f"/pay/{intent.id}", data={"card": "pm_card_chargeDeclined"})
    assert answer.status_code == 402
    assert "declined" in answer.text
