"""What readers do: what they read, what they write to us."""
