"""Puts the demo's words and pictures into the database, through the real services."""
