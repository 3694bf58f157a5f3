import httpx
import pytest
import stripe

from tests.support.stripe_account import Account, simulated_account


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer sk_live_something", "Bearer nonsense", "Basic !!!"])
def test_a_missing_or_malformed_key_is_401(account: Account, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = account.control.get("/v1/customers", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_basic_authentication_with_the_key_as_user_name_is_accepted(account: Account) -> None:
    assert account.control.get("/v1/customers", auth=("sk_test_simulated", "")).status_code == 200


def test_a_publishable_key_may_not_do_what_needs_a_secret_one(account: Account) -> None:
    with pytest.raises(stripe.PermissionError) as caught:
        account.client.v1.customers.list(options={"api_key": "pk_test_payer"})
    assert caught.value.error is not None
    assert caught.value.error.code == "secret_key_required"


def test_an_account_with_a_given_key_refuses_every_other() -> None:
    with simulated_account(secret_key="sk_test_the_one") as account:
        with pytest.raises(stripe.AuthenticationError):
            account.client.v1.customers.list()
        account.client.v1.customers.list(options={"api_key": "sk_test_the_one"})


def test_the_key_in_an_error_message_is_masked(account: Account) -> None:
    answer = account.control.get("/v1/customers", headers={"Authorization": "Bearer sk_live_abcdefghijklmnop"})
    assert "abcdefghijkl" not in answer.text


def test_every_answer_names_request_and_version(account: Account) -> None:
    customer = account.client.v1.customers.create(options={"stripe_account": "acct_1"})
    headers = customer.last_response.headers  # type: ignore[union-attr]
    assert headers["request-id"].startswith("req_")
    assert headers["stripe-version"] == stripe.api_version
    assert headers["stripe-account"] == "acct_1"


def test_an_unknown_path_is_404_in_stripes_shape(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.raw_request("get", "/v1/nonsense")
    assert caught.value.http_status == 404
    assert "Unrecognized request URL (GET: /v1/nonsense)" in str(caught.value)


def test_the_global_api_base_of_the_library_works_too(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe, "api_base", account.url)
    monkeypatch.setattr(stripe, "api_key", "sk_test_global")
    assert stripe.Customer.create(email="a@example.com").email == "a@example.com"


def test_a_body_that_is_not_a_form_is_refused(account: Account) -> None:
    answer = httpx.post(
        f"{account.url}/v1/customers", json={}, headers={"Authorization": "Bearer sk_test_x"}, trust_env=False
    )
    assert answer.status_code == 400
