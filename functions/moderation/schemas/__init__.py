"""Request and response models of moderation, a file per noun."""
