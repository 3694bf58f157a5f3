"""All SQL of moderation, a module per noun."""
