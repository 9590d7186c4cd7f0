"""Ports of this machine: which answer, and which are free, so that two checkouts can both serve."""

import socket


def is_answering(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def first_free(port: int) -> int:
    """Return the first port from this one on that nobody listens on."""
    while is_answering(port):
        port += 1
    return port
