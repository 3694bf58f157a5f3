"""All SQL of media, a module per noun."""
