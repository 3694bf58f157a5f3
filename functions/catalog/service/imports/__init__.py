"""Imports of product files: requested by an admin, run by a worker, in batches."""
