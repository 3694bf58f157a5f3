"""How much the system bears: a simulation of gateway, functions, proxy and database (see docs/operations/capacity.md).

`python -m infra.capacity` answers for production, with the settings of `infra.environments` and measured service times.
"""
