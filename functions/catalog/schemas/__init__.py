"""Request and response models, a file per noun. Amounts are minor units of the product's currency."""
