"""The deployed topology on one computer, built from the synthesized CloudFormation templates."""
