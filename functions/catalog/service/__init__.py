"""Use cases of catalog."""
