"""Rules of notifications: languages, messages, and names of payment methods."""
