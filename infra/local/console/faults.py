"""``/_local/faults``: what may fail in the cloud, failing on request, to see what becomes of the system then.

``GET`` lists the faults of AWS services, ``POST`` adds one (see `CloudFault`), ``DELETE`` ends them all.
``POST /_local/faults/database`` restarts the database and answers once it is back. A simulator's own faults are at
``/_local/<name>/_control/faults``.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from infra.local.aws.cloud import Cloud
from infra.local.host.database import Server


class Restart(BaseModel):
    """A restart of the database, as a failover or a maintenance window brings one: its sessions are ended, and
    ``seconds`` later it starts again."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=0.0, ge=0, le=60)


@dataclass
class Faults:
    """Brings faults about. ``database`` is None where the database is not ours."""

    cloud: Cloud
    database: Server | None

    async def of_cloud(self, method: str, fault: bytes) -> Any:
        """The faults in force, after the change that ``method`` asks for. Raises ValueError for a malformed one."""
        return await asyncio.to_thread(self.cloud.faults, method, fault)

    async def restart_database(self, how: bytes) -> dict[str, float]:
        """Restart it and wait until it is back; gives how long it was away. Raises ValueError where that cannot be."""
        restart = Restart.model_validate_json(how or b"{}")
        if self.database is None:
            raise ValueError("The database is not the embedded one; restart it where it runs")
        began = time.monotonic()
        await asyncio.to_thread(self.database.halt)
        await asyncio.sleep(restart.seconds)
        self.database.launch()
        await asyncio.to_thread(self.database.wait)
        return {"seconds": round(time.monotonic() - began, 3)}
