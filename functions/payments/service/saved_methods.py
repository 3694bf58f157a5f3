"""Payment methods that customers keep at the provider. We keep the customer's id there, and nothing of a method."""

from __future__ import annotations

from uuid import UUID

from functions.payments import providers
from functions.payments.errors import SavedMethodNotFoundError
from functions.payments.providers.port import Provider, SavedMethod
from functions.payments.repository import customers as repository
from shared.clients.database import Connection
from shared.errors import NotAuthenticatedError


def set_up(connection: Connection, user_id: UUID, provider: Provider, *, request_key: str) -> str:
    """The client secret with which the user's browser saves a method. `connection` is in autocommit.

    The user becomes a customer of the provider first, once: the same key finds one that was made before a crash.
    Raises ProviderUnavailableError and ProviderRefusedError.
    """
    customer_id = repository.customer_of(connection, user_id, provider.name)
    if customer_id is None:
        email = repository.email_of(connection, user_id)
        if email is None:
            raise NotAuthenticatedError
        customer_id = provider.create_customer(user_id=user_id, email=email, idempotency_key=f"customer-{user_id}")
        repository.record(connection, user_id, provider.name, customer_id)
    return provider.set_up_method(customer_id, idempotency_key=f"setup-{user_id}-{request_key}")


def saved(connection: Connection, user_id: UUID, provider: Provider) -> list[SavedMethod]:
    """What the user has saved, newest first. Nobody is asked for a user who never saved anything."""
    customer_id = repository.customer_of(connection, user_id, provider.name)
    return provider.saved_methods(customer_id) if customer_id is not None else []


def delete(connection: Connection, user_id: UUID, method_id: str, provider: Provider) -> None:
    """Raises SavedMethodNotFoundError, for somebody else's too."""
    customer_id = repository.customer_of(connection, user_id, provider.name)
    if customer_id is None or not provider.detach_method(customer_id, method_id):
        raise SavedMethodNotFoundError


def delete_customer(connection: Connection, user_id: UUID) -> bool:
    """Have every provider that knows the user delete them and all that they saved; False where none does (any more).
    `connection` is in autocommit: an id is kept until its provider has done it.

    Raises ProviderUnavailableError and ProviderRefusedError.
    """
    customers = repository.customers_of(connection, user_id)
    for customer in customers:
        providers.of(customer.provider).delete_customer(customer.customer_id)
        repository.delete(connection, user_id, customer.provider)
    return bool(customers)
