"""What a provider's event does: one transaction with its entry in the inbox, whatever the order of arrival.

A status is compared with what is known (`payment_status.judge`), and the intent is read again where two different
reports are of one second. Refunds and disputes are always settled by reading them again: they go forth and back, so no
two snapshots can be put in order. Reading happens under the payment's row lock; otherwise a slow worker could write
what it read before a quick one.

A refund that comes before its `succeeded` finds the intent succeeded, and applies both.

`dispatch` has the transaction, and one module each what an intent, a charge, a refund and a dispute change in it.
"""
