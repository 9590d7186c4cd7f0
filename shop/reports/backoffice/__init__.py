"""Reports inside Wagtail's admin: the whole country, or an officer's areas."""
