"""Rules of media: limits, what an upload is, and the processing of pictures."""
