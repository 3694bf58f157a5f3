"""Rules of identity: consents, e-mail addresses, passwords, sessions and throttling."""
