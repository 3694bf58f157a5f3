"""operations: health, migrations, seed data, the outbox sweeper, documentation, and the answer to unknown addresses."""
