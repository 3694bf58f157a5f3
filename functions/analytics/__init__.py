"""analytics: what the shop sells, by day, week and month."""
