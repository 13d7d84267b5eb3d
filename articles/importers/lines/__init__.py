"""Small parsers of what newspapers print on one line: bylines, datelines, moments, captions."""
