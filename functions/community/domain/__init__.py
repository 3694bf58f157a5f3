"""Rules and values of community, without input or output."""
