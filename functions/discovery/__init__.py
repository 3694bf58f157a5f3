"""discovery: what goes with what, and what somebody may like."""
