"""What can keep the local system from starting, said in one line each."""


class StartError(Exception):
    """The local system cannot start; the message is one line that tells what to do about it."""
