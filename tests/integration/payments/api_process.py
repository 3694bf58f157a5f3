"""Payments' API in a process of its own, which stops before its one request until it is let go.

Reads the request's event as one line, writes `ready`, waits for another line, writes the answer as JSON.
"""

from __future__ import annotations

import json
import sys

from functions.payments.handlers.api import handler
from tests.support.lambda_client import Context

event = json.loads(sys.stdin.readline())
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps(handler(event, Context())), flush=True)
