"""What puts the built pages into their bucket; in a package of its own, with the pages beside it."""
