"""Requests and responses of identity, a module per noun."""
