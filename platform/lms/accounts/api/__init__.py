"""One's own account in the REST API."""
