"""What the local system needs of the computer: processes, database, log, options."""
