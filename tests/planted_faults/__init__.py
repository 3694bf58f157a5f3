"""Faults that the test suite must catch, planted one after the other: `python -m tests.planted_faults`."""
