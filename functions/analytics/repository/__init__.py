"""All SQL of analytics. The views are described in their migrations, 0035 (sales) and 0043 (people, community)."""
