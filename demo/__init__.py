"""The demo shop: a past of eight weeks, made through the API in a system that is thrown away, and copied into a new
shop. For development only; nothing that is deployed imports it (docs/decisions/0040-demo-shop.md).
"""
