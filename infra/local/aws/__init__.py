"""What AWS does, on this computer: gateway, functions, queues, schedules, and the resources of the templates."""
