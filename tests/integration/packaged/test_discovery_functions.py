"""The packaged functions of discovery: one computes what goes together, the other shows it."""

from __future__ import annotations

import base64
import json

from sqlalchemy.orm import Session

from tests.factories import catalog
from tests.integration.packaged.packaged_function import PackagedFunctions, sample


def test_refresh_recommendations_computes_what_discovery_api_shows(functions: PackagedFunctions, db: Session) -> None:
    candle, soap = (catalog.product(db, name, tags=["beeswax"]) for name in ("Candle", "Soap"))
    done = functions("discovery.refresh_recommendations", sample("discovery.refresh_recommendations"))
    assert (done["products"], done["with_neighbours"]) == (2, 2)
    event = sample("discovery.api")
    path = event["rawPath"].replace("beeswax-candle", candle.slug)
    event["rawPath"] = event["requestContext"]["http"]["path"] = path
    answer = functions("discovery.api", event)
    content = base64.b64decode(answer["body"]) if answer["isBase64Encoded"] else answer["body"]
    assert answer["statusCode"] == 200, content
    assert [(item["id"], item["reason"]) for item in json.loads(content)["items"]] == [(str(soap.id), "similar")]
