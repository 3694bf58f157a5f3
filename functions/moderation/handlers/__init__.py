"""One file per Lambda function."""
