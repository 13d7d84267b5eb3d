"""Servers of a newsroom on one machine, each in a folder and on a port of its own, for proofs and tests.

Nothing here is for production: PostgreSQL does not wait for the disk, everything listens on 127.0.0.1 only.
"""
