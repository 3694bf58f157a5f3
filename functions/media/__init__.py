"""media: pictures that people upload, and their variants for display."""
