"""All SQL of analytics. The views are described in their migration, 0035."""
