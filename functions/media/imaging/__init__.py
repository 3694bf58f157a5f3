"""What is done to pictures. Only the worker imports Pillow, by `rendering`."""
