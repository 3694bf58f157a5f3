"""What can go wrong with a package."""


class PackagingError(Exception):
    """A package could not be made; the message says which and why."""
