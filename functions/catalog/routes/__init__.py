"""HTTP of catalog, a module per noun."""
