"""A stand-in for Stripe that moves no money: an HTTP server for the demo, for tests and for browser
journeys.

It imports nothing of the marketplace, and the marketplace knows of it only as an address. What it
does and what it leaves out stands in README.md.
"""

from deploy.demo.stripe_standin.running import Standin, running_standin

__all__ = ["Standin", "running_standin"]
