"""A saved HTML page → IncomingArticle: `page` puts together what the other modules find."""
