"""For one drill, on the path of its server."""
