"""``/_local``: what a developer can look at, start and disturb."""
