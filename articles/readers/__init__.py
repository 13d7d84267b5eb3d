"""What readers do, without knowing who they are: what they read, what they write to us. No request, no HTML."""
