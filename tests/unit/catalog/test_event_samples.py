"""The sample of catalog's domain event is what the code sends and reads."""

from __future__ import annotations

import json

from shared.contexts.catalog.events import ProductChanged
from shared.events import EventEnvelope
from tests.support.product_files import ROOT


def test_the_sample_of_product_changed_is_one() -> None:
    sample = json.loads((ROOT / "events/domain/ProductChanged.json").read_text())
    assert (sample["source"], sample["detail-type"]) == (ProductChanged.source, ProductChanged.detail_type())
    envelope = EventEnvelope.model_validate(sample["detail"])
    assert envelope.type == ProductChanged.detail_type()
    assert ProductChanged.model_validate(envelope.data).model_dump(mode="json") == envelope.data
