"""Stall: sales made elsewhere (shop.stall)."""
