"""Request and response models, a file per noun."""
