"""The code of the Lambda authorizer that only lets CloudFront through."""
