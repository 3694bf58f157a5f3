"""Providers that deliver messages."""
