"""Stripe: the adapter, its objects in our words, and its webhooks."""

NAME = "stripe"
