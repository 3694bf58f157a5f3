"""What has CloudFront forget the pages of an earlier build; in a package of its own."""
