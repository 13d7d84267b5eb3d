"""Lists of articles: their filters, and what is done with many at once."""
