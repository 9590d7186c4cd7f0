"""What a village earned, for its own people: its totals, never one producer's figures."""
