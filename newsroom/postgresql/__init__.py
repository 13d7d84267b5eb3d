"""PostgreSQL as the newsroom asks it: of several hosts the one that takes writes (base.py, docs/operations.md, "The
primary is lost"), and never for longer than it takes to know that it says nothing (patience.py)."""
