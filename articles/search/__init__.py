from .finding import Asked, Found, Hit, find
from .index import index

__all__ = ["Asked", "Found", "Hit", "find", "index"]
