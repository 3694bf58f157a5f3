"""Pictures of the demo's products: drawn by this package, in one flat style, the same at every time."""
