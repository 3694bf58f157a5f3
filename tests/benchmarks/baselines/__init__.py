"""What functions are compared with: handlers that do the same work, or none, with nothing around it."""
