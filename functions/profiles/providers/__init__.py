"""Where somebody is, by their network address: a port and its adapters."""
