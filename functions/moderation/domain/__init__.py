"""Rules and values of moderation, without input or output."""
