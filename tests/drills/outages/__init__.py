"""Something that the newsroom stands on is gone."""
