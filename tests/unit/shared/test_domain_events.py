"""Every domain event has a sample in `events/domain/`, as the bus hands it over."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from shared.events import BusMessage, DomainEvent

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "events" / "domain"
for path in ROOT.glob("shared/contexts/*/events.py"):
    importlib.import_module(f"shared.contexts.{path.parent.name}.events")
EVENTS = sorted(DomainEvent.__subclasses__(), key=lambda event: event.__name__)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_has_a_sample_that_its_readers_understand(event: type[DomainEvent]) -> None:
    message = BusMessage.model_validate_json((SAMPLES / f"{event.detail_type()}.json").read_text())
    assert (message.source, message.detail_type) == (event.source, event.detail_type())
    assert message.detail.type == event.detail_type()
    read = event.model_validate(message.detail.data)
    assert set(message.detail.data) <= set(event.model_fields)
    assert event.model_validate_json(read.model_dump_json()) == read


def test_no_sample_is_of_an_event_that_does_not_exist() -> None:
    assert {path.stem for path in SAMPLES.glob("*.json")} == {event.detail_type() for event in EVENTS}
