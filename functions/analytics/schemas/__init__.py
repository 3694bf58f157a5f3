"""Responses of analytics."""
