"""Queue of erased accounts from the bus: deletes the customers that providers have for them."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.payments import providers
    from functions.payments.service import saved_methods
    from shared import metrics
    from shared.clients import database
    from shared.contexts.identity.events import AccountErased
    from shared.log import logger

    providers.preload()
    startup.connect()


def delete_customer(event: AccountErased, _record: EventRecord) -> None:
    """Deletes the account's customer at the provider, if there is one."""
    deleted = saved_methods.delete_customer(database.connection(), event.user_id)
    metrics.count("ProviderCustomersForgotten", int(deleted))
    logger().info("account erased at the provider", extra={"forgotten": deleted})


handler = worker({AccountErased: delete_customer}, failure=Failure("the provider still knows somebody who was erased"))
