"""Real servers for tests, from Debian's packages, without Docker and without root."""
