"""Copies of people's data and the end of accounts, in the packages that a deployment takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import boto3
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import DataExport
from shared.contexts.payments.models.payments import ProviderCustomer
from tests.factories import identity
from tests.integration.packaged.packaged_function import PackagedFunctions, sample
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.stripe_account import Account


def test_on_export_requested_writes_the_copy(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    ada = identity.user(db)
    asked = identity.data_export(db, ada)
    event = sample("identity.on_export_requested")
    message = json.loads(event["Records"][0]["body"])
    message["detail"]["data"] = {"export_id": str(asked.id), "user_id": str(ada.id)}
    event["Records"][0]["body"] = json.dumps(message)
    assert functions("identity.on_export_requested", event) == {"batchItemFailures": []}
    db.rollback()
    assert db.query(DataExport.status).scalar() == "completed"
    [found] = boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET)["Contents"]
    assert found["Key"] == f"personal-data/{ada.id}/{asked.id}.zip"
    assert "PersonalDataExported" in [published["detail-type"] for published in aws.published()]


def test_erase_accounts_erases_who_is_due(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    ada = identity.user(db, email="ada@example.com")
    identity.leaving(db, ada).due_at = datetime.now(UTC)
    db.commit()
    done = functions("identity.erase_accounts", sample("identity.erase_accounts"))
    assert (done["erased"], done["failures"]) == (1, 0)
    db.rollback()
    assert db.query(User.email).scalar() == f"{ada.id}@erased.invalid"
    assert "AccountErased" in [published["detail-type"] for published in aws.published()]


def test_on_account_erased_makes_the_provider_forget(
    functions: PackagedFunctions, db: Session, account: Account
) -> None:
    ada = identity.user(db)
    customer = account.client.v1.customers.create({"email": ada.email})
    db.add(ProviderCustomer(user_id=ada.id, provider="stripe", provider_customer_id=customer.id))
    db.commit()
    event = sample("payments.on_account_erased")
    message = json.loads(event["Records"][0]["body"])
    message["detail"]["data"] = {"user_id": str(ada.id)}
    event["Records"][0]["body"] = json.dumps(message)
    answer = functions("payments.on_account_erased", event, STRIPE_API_BASE=account.url)
    assert answer == {"batchItemFailures": []}
    assert account.client.v1.customers.list().data == []
    assert db.query(ProviderCustomer).count() == 0
