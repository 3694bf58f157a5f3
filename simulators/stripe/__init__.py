"""A stateful stand-in for Stripe's API, served on loopback, which the real `stripe` library can be pointed at."""
