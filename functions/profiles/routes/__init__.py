"""HTTP of profiles, a module per noun."""
