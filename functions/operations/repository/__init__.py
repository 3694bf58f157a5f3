"""All SQL of operations, a module per noun."""
