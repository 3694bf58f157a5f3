"""profiles: people as others see them, and what they are to each other."""
