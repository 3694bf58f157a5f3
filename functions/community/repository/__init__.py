"""All SQL of community, a module per noun."""
