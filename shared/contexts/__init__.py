"""What each bounded context publishes: tables, events, views, and use cases that join a neighbour's transaction."""
