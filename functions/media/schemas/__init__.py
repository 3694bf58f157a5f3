"""Requests and responses of media."""
