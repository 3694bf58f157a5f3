"""Rules and values of profiles, without input or output."""
