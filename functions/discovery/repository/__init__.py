"""All SQL of discovery: what goes together, and what is shown."""
