"""discovery: recommendations with a product, and for a customer."""
