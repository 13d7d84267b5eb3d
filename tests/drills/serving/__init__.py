"""The server itself: deployments, crowds, and work beside the readers."""
