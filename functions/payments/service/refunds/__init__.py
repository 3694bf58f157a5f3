"""Giving money back, each amount once.

A refund is recorded before the provider is asked (`requesting`), under the payment's row lock: what is recorded and has
not failed counts, so two at once never exceed what was captured. The provider is asked outside any transaction
(`executing`), and what it says is written under the lock again, with the ledger, the payment and the order
(`settling`). Whatever is interrupted in between, the schedule `resolve_refunds` takes up by asking the provider first.
"""
