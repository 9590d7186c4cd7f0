"""The report of an area by mail, every month, to whoever may read it and asked for it."""
