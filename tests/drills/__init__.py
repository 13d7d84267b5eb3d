"""Drills: what may happen to a newsroom, done on purpose, with the figures printed. `make drills` runs them."""
