"""Webhooks in the REST API: thin views over services and selectors."""
