"""Every fault of `tests.planted_faults` still has its place in the sources, and tests that look for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planted_faults.__main__ import FAULTS
from tests.planted_faults.fault import Fault

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_can_be_planted(fault: Fault) -> None:
    assert fault.texts(ROOT)
    assert fault.selection(ROOT)
