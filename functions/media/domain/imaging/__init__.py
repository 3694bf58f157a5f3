"""Processing of pictures. Only the worker imports Pillow, by `rendering`."""
