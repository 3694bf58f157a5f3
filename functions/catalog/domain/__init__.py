"""Rules and values of the catalogue, without input or output."""
