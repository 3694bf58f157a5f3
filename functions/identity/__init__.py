"""Who somebody is: registration, sessions, access tokens and the keys that sign them."""
