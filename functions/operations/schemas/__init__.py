"""Answers of operations, a module per noun."""
