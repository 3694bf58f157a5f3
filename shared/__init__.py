"""The layer of models and clients that every bounded context shares."""
