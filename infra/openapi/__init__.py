"""The OpenAPI document of the whole system, merged from every context's.

It is made when packages are (operations' package holds it, so that serving it costs no import of other contexts) and
when the system starts locally. `document` gives it, `python -m infra.openapi` writes it.
"""
