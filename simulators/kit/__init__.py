"""What simulators of different providers share: nothing in it knows a provider."""
