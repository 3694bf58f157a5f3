"""Authentication: registration, sessions, access tokens and the keys that sign them."""
