"""A whole shop inside this process, thrown away afterwards: a database whose clock can be set, AWS, the payment
provider, and the functions.
"""
