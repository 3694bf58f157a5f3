"""All SQL of profiles, a module per noun."""
