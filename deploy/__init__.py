"""Everything needed to run the marketplace for real, and the demo that shows it."""
