"""All SQL of notifications, a module per noun."""
