"""Limits are shared by all processes, and a failing counter store takes down nothing but payments."""

from __future__ import annotations

import pytest
from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from shared import process
from shared.clients import counters
from shared.permissions import Role
from shared.web import MaybeCaller, create_app, lambda_handler, limited_as, rate_limits
from shared.web.rate_limits import SYNC_EVERY, Kind
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

router = APIRouter()


@router.post("/redeem", openapi_extra=limited_as(Kind.COUPONS))
async def redeem(caller: MaybeCaller) -> Response:
    return Response("ok")


@router.api_route("/free", methods=["GET", "POST"])
async def free(caller: MaybeCaller) -> Response:
    return Response("ok")


@router.get("/admin/free")
async def administer(caller: MaybeCaller) -> Response:
    return Response("ok")


@router.post("/pay", openapi_extra=limited_as(Kind.PAYMENTS))
async def pay(caller: MaybeCaller) -> Response:
    return Response("ok")


@pytest.fixture
def client(db: Session, aws: Cloud) -> LambdaClient:
    return LambdaClient(lambda_handler(create_app("limits", [router])))


def _fail(*arguments: object, **options: object) -> int:
    raise TimeoutError("no answer")


def test_payments_are_counted_exactly_across_processes(client: LambdaClient) -> None:
    statuses = []
    for _ in range(12):
        process.reset()  # every request lands in another process
        statuses.append(client.post("/pay").status)
    assert statuses == [200] * 10 + [429] * 2


@pytest.mark.parametrize(
    ("path", "statuses"),
    [("/pay", [200] * 20 + [429] * 4), ("/redeem", [200] * 10 + [429] * 14), ("/free", [200] * 24)],
)
def test_new_accounts_are_no_way_around_the_limit_of_payments_and_coupons(
    client: LambdaClient,
    db: Session,
    signing_key: TestSigningKey,
    *,
    path: str,
    statuses: list[int],
) -> None:
    fresh = [client.signed_in(signing_key.authorization(identity.user(db))) for _ in range(6)]
    assert sorted(fresh[number % 6].post(path).status for number in range(24)) == statuses
    elsewhere = LambdaClient(client.handler, fresh[0].headers, source_ip="198.51.100.9")
    assert elsewhere.post(path).status == 200


def test_a_user_has_one_limit_wherever_they_are(client: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    token = signing_key.authorization(identity.user(db))
    places = [LambdaClient(client.handler, token, source_ip=f"198.51.100.{number}") for number in range(12)]
    assert [place.post("/pay").status for place in places] == [200] * 10 + [429] * 2


@pytest.mark.parametrize("path", ["/pay", "/free"])
def test_all_addresses_of_an_ipv6_subscriber_have_one_limit(client: LambdaClient, path: str) -> None:
    served = 0
    for number in range(130):
        caller = LambdaClient(client.handler, source_ip=f"2001:db8:aa:bb:{number:x}:{number:x}::{number:x}")
        served += caller.post(path).status == 200
    assert served == {"/pay": 10, "/free": 100}[path]
    neighbour = LambdaClient(client.handler, source_ip="2001:db8:aa:bc::1")
    assert neighbour.post(path).status == 200


def test_another_process_takes_part_in_the_count(client: LambdaClient) -> None:
    for _ in range(90):
        client.get("/free")
    process.reset()
    served = 0
    while client.get("/free").status == 200:
        served += 1
    assert served <= 10 + SYNC_EVERY


def test_each_address_has_its_own_limit(client: LambdaClient) -> None:
    while client.get("/free").status == 200:
        pass
    assert LambdaClient(client.handler, source_ip="198.51.100.9").get("/free").status == 200


def test_a_header_does_not_change_the_address(client: LambdaClient) -> None:
    while client.get("/free").status == 200:
        pass
    assert client.get("/free", headers={"X-Forwarded-For": "198.51.100.77"}).status == 429


def test_a_signed_in_caller_has_the_users_limit_and_an_admin_more(
    client: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    customer = client.signed_in(signing_key.authorization(identity.user(db)))
    admin = client.signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))
    assert customer.get("/free").headers["ratelimit-limit"] == "300"
    assert customer.get("/admin/free").headers["ratelimit-limit"] == "300"
    assert admin.get("/admin/free").headers["ratelimit-limit"] == "1000"


def test_reads_go_on_without_the_counter_store(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "add", _fail)
    assert [client.get("/free").status for _ in range(2 * SYNC_EVERY)] == [200] * (2 * SYNC_EVERY)


def test_payments_stop_without_the_counter_store(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "add", _fail)
    reply = client.post("/pay")
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert reply.headers["retry-after"]


def test_payments_that_were_refused_for_our_failure_are_not_counted(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as outage:
        outage.setattr(counters, "add", _fail)
        assert {client.post("/pay").status for _ in range(15)} == {503}
    assert [client.post("/pay").status for _ in range(11)] == [200] * 10 + [429]


def test_a_counter_store_that_fails_is_left_alone_for_a_while(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def fail(*arguments: object, **options: object) -> int:
        asked.append(arguments)
        raise TimeoutError("no answer")

    with monkeypatch.context() as outage:
        outage.setattr(counters, "add", fail)
        for _ in range(4 * SYNC_EVERY):
            client.get("/free")
    assert len(asked) == 1
    rate_limits.store_pause.end()
    client.get("/free")
    process.reset()  # another process hears of all of them
    for _ in range(SYNC_EVERY):
        remaining = int(client.get("/free").headers["ratelimit-remaining"])
    assert remaining == 100 - (4 * SYNC_EVERY + 1) - SYNC_EVERY
