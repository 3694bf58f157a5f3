"""Outside providers, simulated for laptop and tests. Nothing here imports the house; the house finds what is here."""
