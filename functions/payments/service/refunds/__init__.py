"""Refunds, each amount once.

A refund is recorded before the provider is asked (`requests`), under the payment's row lock: what is recorded and has
not failed counts, so two at once never exceed what was captured. The provider is asked outside any transaction
(`execution`), and what it says is written under the lock again, with the ledger, the payment and the order
(`settlement`). Whatever is interrupted in between, the schedule `resolve_refunds` takes up; it asks the provider first.
"""
