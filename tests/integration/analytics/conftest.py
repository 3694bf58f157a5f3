"""The API of analytics as an administrator calls it, and the job that computes its views."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

SAMPLES = Path(__file__).parents[3] / "events" / "analytics"


@pytest.fixture
def admin(aws: Cloud, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    from functions.analytics.handlers.api import handler

    return LambdaClient(handler, signing_key.authorization(identity.user(db, Role.ADMIN)))


@pytest.fixture
def refresh(aws: Cloud, db: Session) -> Callable[[], dict[str, Any]]:
    from functions.analytics.handlers.refresh_views import handler

    return lambda: handler(json.loads((SAMPLES / "refresh_views.json").read_text()), Context())


@pytest.fixture
def refresh_metrics(aws: Cloud, db: Session) -> Callable[[], list[dict[str, Any]]]:
    """Computes the figures of people, of engagement and of what is trending, as their schedules do."""
    from functions.analytics.handlers import refresh_daily_metrics, refresh_engagement_metrics, refresh_trending_content

    jobs = (refresh_daily_metrics, refresh_engagement_metrics, refresh_trending_content)
    return lambda: [job.handler({}, Context()) for job in jobs]
