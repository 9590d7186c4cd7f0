"""The demo: what `make demo` puts into an empty marketplace."""
