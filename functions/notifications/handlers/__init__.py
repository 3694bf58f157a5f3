"""Entry points: one file is one Lambda function."""
