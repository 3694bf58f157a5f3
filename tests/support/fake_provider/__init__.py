"""A payment provider in memory: for the rules of payments, which hold whoever takes the money.

What only Stripe does (its errors, its timing, its objects) is tested with its simulator.
"""
