"""notifications: mail about orders."""
