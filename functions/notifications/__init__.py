"""notifications: mail about orders, accounts and offers."""
