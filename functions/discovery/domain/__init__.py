"""What discovery decides without a database."""
