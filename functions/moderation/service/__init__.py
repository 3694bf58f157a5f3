"""Use cases of moderation."""
