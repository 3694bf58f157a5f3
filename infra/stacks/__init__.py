"""The stacks: network, data, edge, observability, and one per bounded context."""
