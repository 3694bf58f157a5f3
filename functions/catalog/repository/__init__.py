"""All SQL of catalog, a module per noun."""
