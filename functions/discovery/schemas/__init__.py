"""Responses of discovery."""
