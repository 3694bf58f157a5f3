"""Rules of operations: what makes two errors of clients the same."""
