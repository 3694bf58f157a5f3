"""media: pictures that people upload, made fit to be shown."""
