"""Django's PostgreSQL for a DATABASE_URL with several hosts (docs/operations.md, "The primary is lost")."""
