"""What the desk does: verbs without a request and without HTML, called alike by admin, importer and commands."""
