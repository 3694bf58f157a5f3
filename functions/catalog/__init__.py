"""catalog: products, their variants, categories, imports of product files."""
